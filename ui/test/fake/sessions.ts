/** The invented sessions, for the tests of their list, their page and the console inside them. */
import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { state } from "../../src/ipc/fake/state";
import { openWindow } from "./window";

export const user = userEvent.setup();
export const rows = () => screen.findAllByTestId("session-row");
/** The calls of the page on the screen, by id. */
export const calls = async () =>
  (await screen.findAllByTestId("session-case")).map((li) => li.dataset.case ?? "");
export const sessionNamed = (title: string) => {
  const found = state.sessions.find((s) => s.title === title);
  if (!found) throw new Error(`no session ${title}`);
  return found;
};
/** The one that was heard. */
export const heard = () => sessionNamed("退货的边界在哪里");
export const openHeard = (search = "") => openWindow(() => `/session/${heard().id}${search}`);
/** Its calls as the host has them. */
export const kept = () => heard().cases;
export const press = (init: KeyboardEventInit) =>
  act(() => void fireEvent.keyDown(document.activeElement ?? document.body, init));
