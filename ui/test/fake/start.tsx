/** The app as it starts, on the fake host: with the doors where no workspace is open. */
import { cleanup, render } from "@testing-library/react";
import { App } from "../../src/app/App";
import { queryClient } from "../../src/app/queries";
import { startI18n } from "../../src/i18n";
import { fakeCarrier } from "../../src/ipc/fake/host";
import { desk, resetPlaces } from "../../src/ipc/fake/places";
import { seed } from "../../src/ipc/fake/seed";
import { settle } from "../host/choice";

settle(fakeCarrier);
startI18n("zh-CN");

/** Starts the app afresh over what `prepare` makes of the desk; without it, for the very first time. */
export function start(prepare: () => void = () => undefined) {
  cleanup();
  seed();
  resetPlaces();
  Object.assign(desk, { place: "none", ownExists: false });
  prepare();
  queryClient.clear();
  window.location.hash = "";
  return render(<App />);
}
