import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ipc } from "../../ipc";
import { Button } from "../../parts/Button";
import { Chip } from "../../parts/Chip";
import { Problem } from "../../parts/Problem";
import { Rescue } from "../../parts/Rescue";
import { SectionHead } from "../../parts/SectionHead";
import { type Door, useDoors, useEntering } from "../../seat/doors";
import { useWorkspace } from "../../seat/workspace";
import { shownPath } from "../../text/path";
import { bytesText } from "../../things/case/import/plan";
import { BinDays } from "./BinDays";
import pieces from "./pieces.module.css";

type Way = { door: Door; testId: string; title: string; means: string; path?: string; button: string };

/** Where this workspace lives, and the ways to another one. */
export function Workspace() {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const workspace = useWorkspace();
  const copy = useMutation({ mutationFn: (text: string) => ipc.copyText(text) });
  const here = workspace.data;
  return (
    <section aria-label={t("tab.workspace")}>
      <SectionHead title={t("tab.workspace")} note={t("workspace.note")} />
      <Problem error={workspace.error} onRetry={() => void workspace.refetch()} />
      {here ? (
        <>
          <dl className={pieces.facts}>
            <dt>{t("workspace.here")}</dt>
            <dd>
              <span className="row">
                <code className="path" data-testid="workspace-path">
                  {shownPath(here.path)}
                </code>
                <Button
                  size="small"
                  tone="ghost"
                  icon="file"
                  label={t("workspace.copy")}
                  onClick={() => copy.mutate(shownPath(here.path))}
                />
              </span>
              {here.is_demo ? <Chip tone="info">{common("demo")}</Chip> : null}
            </dd>
            <dt>{t("workspace.holds")}</dt>
            <dd>{t("workspace.calls", { calls: here.case_count, issues: here.open_issue_count })}</dd>
            <dt>{t("workspace.free")}</dt>
            <dd>{bytesText(here.free_bytes)}</dd>
            <dt>{t("workspace.bin")}</dt>
            <dd>
              <BinDays />
            </dd>
          </dl>
          <Ways here={here.path} isDemo={here.is_demo} />
          {here.is_demo || here.only_read ? null : <Rescue />}
        </>
      ) : null}
    </section>
  );
}

function Ways({ here, isDemo }: { here: string; isDemo: boolean }) {
  const { t } = useTranslation("settings");
  const { t: common } = useTranslation();
  const { t: welcome } = useTranslation("welcome");
  const doors = useDoors();
  const { go, through, stuck } = useEntering();
  const ways: Way[] = [
    {
      door: "other",
      testId: "workspace-open",
      title: welcome("other"),
      means: welcome("otherMeans"),
      button: t("workspace.other"),
    },
    {
      door: isDemo ? "reset" : "demo",
      testId: "workspace-demo",
      title: common("demo"),
      means: isDemo ? `${t("workspace.isDemo")}${common("demoResetHint")}` : welcome("demoMeans"),
      button: isDemo ? common("demoReset") : welcome(doors.data?.demo_exists ? "demoAgain" : "demo"),
    },
  ];
  if (doors.data && doors.data.own_path !== here)
    ways.push({
      door: "own",
      testId: "workspace-own",
      title: t("workspace.own"),
      means: welcome(doors.data.own_exists ? "ownMeans" : "emptyMeans"),
      path: doors.data.own_path,
      button: t(doors.data.own_exists ? "workspace.openOwn" : "workspace.startOwn"),
    });
  const working: Partial<Record<Door, string>> = {
    demo: welcome("demoWorking"),
    reset: common("demoResetting"),
  };
  return (
    <>
      <SectionHead
        level={3}
        title={t("workspace.ways")}
        {...(!isDemo && { note: t("workspace.waysNote") })}
      />
      <Problem error={doors.error} onRetry={() => void doors.refetch()} />
      <ul className={pieces.list}>
        {ways.map((way) => (
          <li key={way.testId}>
            <div className="row">
              <span className="grow">
                <b>{way.title}</b>
                <span className={`${pieces.meaning} faint small`}>
                  {way.means}
                  {way.path ? <code className="path">{shownPath(way.path)}</code> : null}
                </span>
              </span>
              <Button
                size="small"
                disabled={through !== null}
                data-testid={way.testId}
                onClick={() => go(way.door)}
              >
                {through === way.door ? (working[way.door] ?? welcome("ownWorking")) : way.button}
              </Button>
            </div>
            {stuck?.door === way.door ? <Problem error={stuck.error} onRetry={() => go(way.door)} /> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
