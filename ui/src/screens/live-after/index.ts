/** What comes after a live call: rescued ones, and those that wait for their recording. */
export { RecoveredCalls } from "./RecoveredCalls";
export { RescuedBar } from "./RescuedBar";
export { WaitingCalls } from "./WaitingCalls";
