import { expect, it } from "vitest";
import { isMirror } from "./Mirrors";

it.each([
  ["https://hf-mirror.com", true],
  ["http://10.0.0.8:8080", false],
  ["http://127.0.0.1:8080", true],
  ["https://who:secret@hf-mirror.com", false],
  ["ftp://x", false],
  ["hf-mirror.com", false],
  ["", false],
])("models come from %s: %s", (text, is) => expect(isMirror(text)).toBe(is));
