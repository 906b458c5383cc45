// First of all: it says in which order the layers win.
import "./styles/index.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startI18n } from "./i18n";
import { ipc } from "./ipc";
import { followEvents } from "./records/fresh";
import { followUndo } from "./records/undo";
import { applyPrefs, usePrefs } from "./seat/prefs";

/** Dialogs of the host speak the language of the page. */
const speak = (language: string) => void ipc.speak(language).catch(() => undefined);

applyPrefs(usePrefs.getState());
const worded = startI18n(usePrefs.getState().language);
speak(usePrefs.getState().language);
usePrefs.subscribe((prefs) => {
  applyPrefs(prefs);
  void startI18n(prefs.language);
  speak(prefs.language);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyPrefs(usePrefs.getState()));
followEvents();
followUndo();

const root = document.getElementById("root");
if (root) {
  void worded.finally(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  );
}
