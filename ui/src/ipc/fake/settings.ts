/** Settings and what only a window can do. */
import type { Settings } from "../generated/types";
import { seed } from "./seed";
import { change, state } from "./state";

seed();

export const settingsCommands = {
  get_settings: () => state.settings,
  update_settings: (settings: Settings) =>
    change("settings.edit", ["workspace_settings", "person_settings", "device_settings"], () => {
      state.settings = settings;
      return settings;
    }),
  copy_text: (text: string) => {
    state.copied = text;
  },
  take_pending_link: () => null,
  ui_ready: () => undefined,
  speak: () => undefined,
  pick_audio: () => null,
  pick_audio_folder: () => null,
  pick_model_file: () => null,
  pick_export_path: () => null,
};
