/** How words change with a number: as i18next asks for them, `key_one` and `key_other`. */
export type Counted = { one: string; other: string };

/** The shape of a catalogue with other words in it. What depends on `count` has a word for one and for others. */
export type SameKeys<T> = { [K in keyof T]: string | Counted };

/** Words that stand beside any number as they are. */
export const alike = (words: string): Counted => ({ one: words, other: words });

/** A catalogue as i18next reads it. */
export function spread(words: Record<string, string | Counted>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([key, said]) =>
      typeof said === "string"
        ? [[key, said]]
        : [
            [`${key}_one`, said.one],
            [`${key}_other`, said.other],
          ],
    ),
  );
}
