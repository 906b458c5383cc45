/** The carrier outside of the real window: in development the fake. Tests put theirs in the place of it. */
import type { Carrier } from "./index";

export const openDevelopmentCarrier = async (): Promise<Carrier> => (await import("./fake/host")).fakeCarrier;
