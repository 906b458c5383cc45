/** Bytes of a path that are no UTF-8 come from Rust as these characters, one each. */
const foreign = /[\uEF80-\uEFFF]/;

const bytesOf = (name: string): Uint8Array => {
  const plain = new TextEncoder();
  return new Uint8Array(
    [...name].flatMap((c) => (foreign.test(c) ? [c.charCodeAt(0) - 0xef00] : [...plain.encode(c)])),
  );
};

/** A path for eyes: names in another encoding as a Chinese Windows would have meant them. */
export const shownPath = (path: string): string =>
  foreign.test(path)
    ? path
        .split("/")
        .map((name) => (foreign.test(name) ? new TextDecoder("gb18030").decode(bytesOf(name)) : name))
        .join("/")
    : path;
