import type { SameKeys } from "../same";
import type zh from "../zh-CN/welcome";

const words: SameKeys<typeof zh> = {
  seal: "亲听",
  title: "Listen to your customers' calls yourself.",
  what: "Note the problems as you hear them, and follow each one until it is mended.",
  doors: "Where to begin",
  demo: "See the demo",
  demoAgain: "Go on with the demo",
  demoMeans:
    "Four synthetic calls; their text appears before your eyes, with no network, and nothing leaves this machine. People and figures are invented.",
  demoWorking: "Preparing the demo…",
  empty: "Start empty",
  emptyMeans: "The new workspace will live in",
  own: "Open my workspace",
  ownMeans: "It is in",
  ownWorking: "Opening…",
  other: "Open an existing one",
  otherMeans: "Choose a workspace folder; in an empty folder a new one is started.",
  otherWorking: "Opening…",
  otherAgain: "Choose another folder",
  lastProblem: "The workspace used last did not open this time",
  lastSafe: "What is in it was left as it is. Take any of the ways below, and come back to it later.",
  quiet:
    "Recordings and text stay on this computer. Apart from model downloads you start, Qinting uses no network.",
  seconds: "{{n}} s",
  language: "Language",
};
export default words;
