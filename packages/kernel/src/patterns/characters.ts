// Sets of characters, as brackets and classes of a pattern describe them. Both syntaxes build their sets from
// these.

/** A range of characters: its first and its last code point. */
export type Range = readonly [number, number];

/**
 * A set of characters: a function that returns whether it contains a code point. A text of bytes has code
 * points from 0 to 255.
 */
export type CharacterSet = (point: number) => boolean;

/** The highest code point of Unicode. */
export const lastCodePoint = 0x10ffff;

/** Returns the set of the characters in these ranges. */
export function within(ranges: readonly Range[]): CharacterSet {
  return (point) => ranges.some(([low, high]) => low <= point && point <= high);
}

/** Returns the set of one character. */
export function only(character: number): CharacterSet {
  return (point) => point === character;
}

/** Returns the set of all other characters. */
export function except(set: CharacterSet): CharacterSet {
  return (point) => !set(point);
}

/** Returns the union of sets. */
export function anyOf(sets: readonly CharacterSet[]): CharacterSet {
  return (point) => sets.some((set) => set(point));
}

/** Returns a set extended by the other case of its ASCII letters. */
export function ignoringCase(set: CharacterSet): CharacterSet {
  return (point) => set(point) || set(inOtherCase(point));
}

/** Returns the other case of an ASCII letter. Returns any other character unchanged. */
export function inOtherCase(point: number): number {
  const lowerCase = point | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x7a ? point ^ 0x20 : point;
}

const digit: readonly Range[] = [[0x30, 0x39]];
const upper: readonly Range[] = [[0x41, 0x5a]];
const lower: readonly Range[] = [[0x61, 0x7a]];

/** The classes that are written `[:name:]` between brackets, in both syntaxes. */
export const characterClasses: Readonly<Record<string, readonly Range[]>> = {
  alnum: [...digit, ...upper, ...lower],
  alpha: [...upper, ...lower],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph: [[0x21, 0x7e]],
  lower,
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper,
  xdigit: [...digit, [0x41, 0x46], [0x61, 0x66]],
};

/** The characters of `\w`: ASCII letters, digits and `_`. */
export const wordRanges: readonly Range[] = [...digit, ...upper, [0x5f, 0x5f], ...lower];
