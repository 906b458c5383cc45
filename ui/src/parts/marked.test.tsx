import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Marked } from "./Marked";

it.each([
  ["客户要退貨", "退货", "客户要[退貨]"],
  ["打 13800138000。", "138 0013 8000", "打 [13800138000]。"],
  ["<b>x</b>", "b", "<[b]>x</[b]>"],
  ["没有", "", "没有"],
])("%s, looked for with %s, shows %s", (text, looked, shown) => {
  const { container } = render(<Marked text={text} looked={looked} />);
  const words = [...container.childNodes].map((n) =>
    n.nodeName === "MARK" ? `[${n.textContent}]` : n.textContent,
  );
  expect(words.join("")).toBe(shown);
  expect(container.textContent).toBe(text);
});
