/** Which carrier the page of a test file has: the one its stage settles for. */
import type { Carrier } from "../../src/ipc";

let settled: (carrier: Carrier) => void = () => undefined;
const chosen = new Promise<Carrier>((done) => {
  settled = done;
});

export const settle = (carrier: Carrier) => settled(carrier);
export const openDevelopmentCarrier = () => chosen;
