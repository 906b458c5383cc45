import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { asNote, ipc, type Link, type ErrorNote as Note, onEvent } from "../ipc";
import { useApplyKeySettings } from "../keys/settings";
import { useActions } from "../keys/useActions";
import { ErrorNote } from "../parts/states";
import { UndoBar } from "../parts/UndoBar";
import ImportHost from "../screens/import";
import { linkPath } from "../seat/link";
import { isOfTheCall } from "../things/live/call";
import { useFollowLive } from "../things/live/LiveBadge";
import { RescuedBand } from "../things/live/RescuedBand";
import css from "./AppShell.module.css";
import { DemoBand } from "./DemoBand";
import { KeySheet } from "./KeySheet";
import { NavRail } from "./NavRail";
import { OverNotice } from "./OverNotice";
import { QuietBand } from "./QuietBand";
import { ReadOnlyBand } from "./ReadOnlyBand";
import { focusRegion } from "./regions";
import { SharingBand } from "./SharingBand";
import { TopBar } from "./TopBar";

/** Rail, top bar, the screen, and what lies above every screen. */
export function AppShell({ children }: { children: ReactNode }) {
  const [, navigate] = useLocation();
  const [sheet, setSheet] = useState(false);
  const [notice, setNotice] = useState<Note | null>(null);
  useApplyKeySettings();
  useFollowLive();
  useActions({
    "app.rail1": () => navigate("/cases"),
    "app.rail2": () => navigate("/live"),
    "app.rail3": () => navigate("/sessions"),
    "app.rail4": () => navigate("/issues"),
    "app.rail5": () => navigate("/settings"),
    "app.bin": () => navigate("/bin"),
    "app.nextRegion": () => focusRegion(1),
    "app.previousRegion": () => focusRegion(-1),
    "app.keys": () => setSheet((open) => !open),
  });

  useEffect(() => {
    const open = (link: Link) => navigate(linkPath(link));
    ipc.takePendingLink().then(
      (link) => link && open(link),
      (thrown) => setNotice(asNote(thrown)),
    );
    return onEvent((event) => {
      if (event.type === "open_link") open(event.link);
      if (event.type === "notice" && !isOfTheCall(event.note)) setNotice(event.note);
    });
  }, [navigate]);

  return (
    <div className={css.shell} data-testid="app-shell">
      <NavRail onKeys={() => setSheet(true)} />
      <div className={css.bands}>
        <QuietBand />
        <ReadOnlyBand />
        <DemoBand />
        <SharingBand />
        <RescuedBand />
      </div>
      <TopBar />
      <main className={css.screen}>{children}</main>
      <div className={css.notices} data-testid="notices">
        <OverNotice />
        {notice && <ErrorNote note={notice} onDismiss={() => setNotice(null)} />}
        <UndoBar />
      </div>
      <ImportHost />
      <KeySheet open={sheet} onOpenChange={setSheet} />
    </div>
  );
}
