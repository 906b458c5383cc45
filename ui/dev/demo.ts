/** `npm run dev` shows the real demo: the program behind the page runs beside the development server. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Plugin } from "vite";
import { stageBinary } from "./binary.ts";
import { bridge, SECRET_HEADER } from "./bridge.ts";
import { Lines } from "./lines.ts";

/** Never part of a build: it only answers where Vite serves the page itself. */
export function demoHost(): Plugin {
  const secret = randomBytes(32).toString("hex");
  return {
    name: "qinting-demo-host",
    apply: (_, { command, mode }) => command === "serve" && mode !== "test",
    async configureServer(server) {
      const folder = await mkdtemp(join(tmpdir(), "qinting-demo-"));
      const lines = new Lines(stageBinary(), ["--demo", folder]);
      const port = () => {
        const address = server.httpServer?.address();
        return typeof address === "object" && address ? address.port : server.config.server.port;
      };
      server.middlewares.use(bridge(lines, port, secret));
      // The program ends when nobody asks any more; what it kept goes with the server, however that ends.
      process.once("SIGINT", () => process.exit(130));
      process.once("exit", () => {
        lines.stop();
        rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
      });
      server.httpServer?.on("close", () => void lines.end());
    },
    transformIndexHtml: () => [
      { tag: "meta", attrs: { name: SECRET_HEADER, content: secret }, injectTo: "head" },
    ],
  };
}
