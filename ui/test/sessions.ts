/** The sessions of the world, for the tests of their list, their page and the console inside them. */
import { act, fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ListeningSession } from "../src/ipc";
import { ipc } from "../src/ipc";
import { sessionNamed } from "./host/stage";
import { openWindow } from "./window";

export const user = userEvent.setup();
export const rows = () => screen.findAllByTestId("session-row");
/** The calls of the page on the screen, by id. */
export const calls = async () =>
  (await screen.findAllByTestId("session-case")).map((li) => li.dataset.case ?? "");
/** The one that was heard, as it was told. */
export const heard = () => sessionNamed("退货的边界在哪里");
export const openHeard = (search = "", prepare?: () => unknown) =>
  openWindow(() => `/session/${heard().id}${search}`, prepare);
/** Its calls, as they were told. */
export const told = () => heard().cases;
/** A session as the host has it now. */
export const sessionNow = async ({ id } = heard()): Promise<ListeningSession> =>
  (await ipc.getSession(id)).row.session;
/** All of them, in the order they were made. */
export const sessionsNow = async (): Promise<ListeningSession[]> =>
  (await ipc.listSessions()).map((row) => row.session).sort((a, b) => (a.id < b.id ? -1 : 1));
export const press = (init: KeyboardEventInit) =>
  act(() => void fireEvent.keyDown(document.activeElement ?? document.body, init));
