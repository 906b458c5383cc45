import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { edit } from "../../../../test/host/now";
import { caseNamed } from "../../../../test/host/stage";
import { openWindow } from "../../../../test/window";
import { ipc } from "../../../ipc";

const user = userEvent.setup();
const contactNow = async () => {
  const [first] = (await ipc.getCase(caseNamed("冰箱"))).contacts;
  if (!first) throw new Error("no contact");
  return first;
};

async function openFile() {
  await openWindow(() => `/case/${caseNamed("冰箱")}`);
  await user.click(await screen.findByRole("button", { name: "改案卷" }));
  return (await screen.findByRole("textbox", { name: "技能组" })) as HTMLInputElement;
}

describe("a fact of a case", () => {
  it("is on the screen and kept when its field is left", async () => {
    const field = await openFile();
    await user.clear(field);
    await user.type(field, "夜班");
    fireEvent.blur(field);
    expect(field.value).toBe("夜班");
    await waitFor(async () => expect((await contactNow()).queue).toBe("夜班"));
  });

  it.each([
    ["用存着的", "别人写的"],
    ["用我的", "我写的"],
  ])("that somebody else wrote meanwhile stands beside what is written here: %s", async (choice, kept) => {
    const field = await openFile();
    await user.clear(field);
    await user.type(field, "我写的");
    await edit("contact", await contactNow(), { queue: "别人写的" });
    fireEvent.blur(field);
    const both = await screen.findByRole("group", { name: /刚才有人也改了/ });
    expect(both.textContent).toContain("别人写的");
    expect(both.textContent).toContain("我写的");
    await user.click(within(both).getByRole("button", { name: choice }));
    await waitFor(async () => expect((await contactNow()).queue).toBe(kept));
    await waitFor(() => expect(screen.queryByRole("group", { name: /刚才有人也改了/ })).toBeNull());
    expect((screen.getByRole("textbox", { name: "技能组" }) as HTMLInputElement).value).toBe(kept);
  });
});
