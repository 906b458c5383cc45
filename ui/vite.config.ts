import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  base: "./",
  build: {
    // WebKitGTK 2.40 and newer, WebView2, WKWebView of macOS 13.
    target: ["safari16.4", "chrome111"],
    modulePreload: { polyfill: false },
  },
  // The table of characters that are looked for as one is Rust's.
  server: { port: 5199, strictPort: true, fs: { allow: [".", "../crates/domain/src/text"] } },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    globalSetup: ["./test/host/run.ts"],
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 45_000,
  },
});
