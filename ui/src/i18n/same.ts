/** The shape of a catalogue with other words in it. */
export type SameKeys<T> = { [K in keyof T]: string };
