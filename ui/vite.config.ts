import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { demoHost } from "./dev/demo.ts";

export default defineConfig({
  plugins: [react(), demoHost()],
  base: "./",
  build: {
    // WebKitGTK 2.40 and newer, WebView2, WKWebView of macOS 13.
    target: ["safari16.4", "chrome111"],
    modulePreload: { polyfill: false },
  },
  // The table of characters that are looked for as one is Rust's.
  server: {
    // Nobody but this machine, and no page but ours, reaches the program behind the page.
    host: "127.0.0.1",
    cors: false,
    port: 5199,
    strictPort: true,
    fs: { allow: [".", "../crates/domain/src/text"] },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    globalSetup: ["./test/host/run.ts"],
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}", "dev/**/*.test.ts"],
    css: false,
    // Half of the time a page test waits for the product: two of them share one core well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 45_000,
    hookTimeout: 45_000,
    // Each test talks with a program of its own: one that a busy machine upset is tried again, and the report says so.
    retry: 1,
  },
});
