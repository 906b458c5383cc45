import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, vi } from "vitest";

// The page of a test gets its carrier from the test's own stage.
vi.mock("../src/ipc/development", () => import("./host/choice"));

afterEach(() => cleanup());
// The door to the host opens while a test may already be over; what it still loads must find the page.
afterAll(() => vi.dynamicImportSettled());

// A failed look-up says what was looked for; the page itself is too long to read. Other builds may share the cores.
configure({
  asyncUtilTimeout: 10_000,
  getElementError: (message) => Object.assign(new Error(message ?? ""), { name: "NotFound" }),
});

// jsdom lays nothing out: give every element the size of a window so that virtual lists and canvases draw.
for (const [name, size] of Object.entries({
  offsetHeight: 600,
  offsetWidth: 1000,
  clientHeight: 600,
  clientWidth: 1000,
})) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}
HTMLElement.prototype.getBoundingClientRect = function rect() {
  return {
    x: 0,
    y: 0,
    left: 0,
    top: 0,
    right: 1000,
    bottom: 600,
    width: 1000,
    height: 600,
    toJSON: () => ({}),
  };
};
HTMLElement.prototype.scrollTo = function scrollTo() {};
HTMLElement.prototype.scrollIntoView = function scrollIntoView() {};
HTMLElement.prototype.setPointerCapture = function setPointerCapture() {};
HTMLElement.prototype.releasePointerCapture = function releasePointerCapture() {};
HTMLElement.prototype.hasPointerCapture = () => false;
HTMLCanvasElement.prototype.getContext = (() => null) as typeof HTMLCanvasElement.prototype.getContext;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
    onchange: null,
  }) as MediaQueryList;
