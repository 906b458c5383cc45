import type welcome from "../../i18n/zh-CN/welcome";
import type { Doors } from "../../ipc";
import type { IconName } from "../../parts/Icon";
import type { Door } from "../../seat/doors";

type Word = keyof typeof welcome;

/** One way in, as it reads now. */
export type DoorWords = {
  door: Extract<Door, "demo" | "own" | "other">;
  testId: string;
  icon: IconName;
  title: Word;
  means: Word;
  /** The folder the line ends with. */
  path?: string;
  working: Word;
};

/** The three doors; what is there already is gone on with. */
export function doorRows(doors: Doors | undefined): DoorWords[] {
  const own = doors?.own_exists === true;
  return [
    {
      door: "demo",
      testId: "door-demo",
      icon: "case",
      title: doors?.demo_exists ? "demoAgain" : "demo",
      means: "demoMeans",
      working: "demoWorking",
    },
    {
      door: "own",
      testId: "door-empty",
      icon: own ? "folder" : "plus",
      title: own ? "own" : "empty",
      means: own ? "ownMeans" : "emptyMeans",
      ...(doors && { path: doors.own_path }),
      working: "ownWorking",
    },
    {
      door: "other",
      testId: "door-open",
      icon: own ? "search" : "folder",
      title: "other",
      means: "otherMeans",
      working: "otherWorking",
    },
  ];
}
