import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import "../../test/languages";
import { later } from "./later";

const code = { default: ({ of }: { of: string }) => <h1>{of}</h1> };

it("a screen whose code is here is drawn at once", async () => {
  const Call = later(async () => code);
  await Call.ahead();
  render(<Call of="冰箱" />);
  expect(screen.getByRole("heading").textContent).toBe("冰箱");
});

it("one whose code is on its way has its place kept until it comes", async () => {
  const Call = later(async () => code);
  render(<Call of="冰箱" />);
  expect(screen.getByRole("status").getAttribute("aria-label")).toBe("正在读取");
  expect((await screen.findByRole("heading")).textContent).toBe("冰箱");
  expect(screen.queryByRole("status")).toBeNull();
});

it("one whose code does not come says so", async () => {
  const Call = later<{ of: string }>(() => Promise.reject(new Error("gone")));
  render(<Call of="冰箱" />);
  expect((await screen.findByRole("alert")).dataset.code).toBe("internal");
});
