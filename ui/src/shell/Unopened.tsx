import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { ErrorNote } from "../ipc";
import { asNote, ipc } from "../ipc";
import { Button } from "../parts/Button";
import { later } from "../parts/later";
import { Problem } from "../parts/Problem";
import { isHurt, Rescue } from "../parts/Rescue";
import { EmptyState } from "../parts/states";
import { useErrorWords } from "../parts/words";
import { qk } from "../records/queries";
import { useDoors, useEntering } from "../seat/doors";
import css from "./Unopened.module.css";

const Welcome = later(() => import("../screens/welcome"));

/** The app over an opened workspace; before there is one the doors, and without one why and the ways out. */
export function Opened({ children }: { children: ReactNode }) {
  const workspace = useQuery({ queryKey: qk.workspace, queryFn: () => ipc.workspaceInfo() });
  const settled = !workspace.isPending;
  useEffect(() => {
    // Two frames on, the first screen has been painted.
    if (settled)
      requestAnimationFrame(() => requestAnimationFrame(() => void ipc.uiReady().catch(() => undefined)));
  }, [settled]);
  if (!settled) return null;
  // What is open stays on the screen while another is being opened, when the host has neither for a moment.
  const note = workspace.error && !workspace.data ? asNote(workspace.error) : null;
  if (note?.code === "workspace.none") return <Welcome />;
  return note?.code.startsWith("workspace.") ? <Unopened note={note} /> : children;
}

function Unopened({ note }: { note: ErrorNote }) {
  const { t } = useTranslation();
  const { t: welcome } = useTranslation("welcome");
  const words = useErrorWords();
  const doors = useDoors();
  const { go, through, stuck } = useEntering();
  const demo = through === "demo" ? "demoWorking" : doors.data?.demo_exists ? "demoAgain" : "demo";
  const own = through === "own" ? "ownWorking" : doors.data?.own_exists ? "own" : "empty";
  return (
    <main className={css.page} data-testid="unopened" data-code={note.code}>
      <div role="alert">
        <EmptyState icon="warn" title={t("unopened")} hint={words(note)} />
      </div>
      <div className={css.ways}>
        <Button icon="folder" disabled={through !== null} data-testid="door-open" onClick={() => go("other")}>
          {welcome(through === "other" ? "otherWorking" : "other")}
        </Button>
        <Button disabled={through !== null} data-testid="door-demo" onClick={() => go("demo")}>
          {welcome(demo)}
        </Button>
        <Button disabled={through !== null} data-testid="door-empty" onClick={() => go("own")}>
          {welcome(own)}
        </Button>
      </div>
      <Problem error={stuck?.error ?? null} {...(stuck && { onRetry: () => go(stuck.door) })} />
      {isHurt(note) ? (
        <div className={css.rescue}>
          <Rescue hurt />
        </div>
      ) : null}
    </main>
  );
}
