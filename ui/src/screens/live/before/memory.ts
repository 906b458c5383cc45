/** What was chosen for the last call, so that the next one begins with two clicks. */
import { create } from "zustand";
import { persist } from "zustand/middleware";
import type { ConsentBasis, NoticeGiven } from "../../../ipc";

type Memory = {
  consent: ConsentBasis | null;
  notice: NoticeGiven | null;
  businessLine: string;
  mentorId: string;
  /** Names stay only while the window is open: they belong into the workspace, not into the web view. */
  agent: string;
};

export const useMemory = create<Memory>()(
  persist((): Memory => ({ consent: null, notice: null, businessLine: "", mentorId: "", agent: "" }), {
    name: "qinting.live",
    partialize: ({ consent, notice, mentorId }) => ({ consent, notice, mentorId }),
  }),
);
