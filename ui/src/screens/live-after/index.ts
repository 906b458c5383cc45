/** What comes after a live call: rescued ones, and those that wait for their recording. */
export { RecoveredCalls } from "./RecoveredCalls";
export { RescuedBand } from "./RescuedBand";
export { WaitingCalls } from "./WaitingCalls";
