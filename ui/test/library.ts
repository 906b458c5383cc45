/** The library as a person uses it. */
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";

const user = userEvent.setup();

/** Opens the filters at a fact; gives what hangs there. */
export async function filterBy(subject: string) {
  await user.click(screen.getByTestId("filter-open"));
  const pop = within(await screen.findByRole("dialog", { name: "筛选" }));
  await user.click(await pop.findByRole("button", { name: new RegExp(`^${subject}`) }));
  return pop;
}

/** Ticks a value of a fact, and closes the filters. */
export async function tick(subject: string, value: string, as: "checkbox" | "radio" = "checkbox") {
  const pop = await filterBy(subject);
  await user.click(await pop.findByRole(as, { name: new RegExp(value) }));
  await user.keyboard("{Escape}");
}
