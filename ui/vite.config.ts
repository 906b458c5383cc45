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
  server: { port: 5199, strictPort: true },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    css: false,
    testTimeout: 45_000,
  },
});
