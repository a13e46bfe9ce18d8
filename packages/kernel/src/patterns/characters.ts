/** First and last code point. */
export type Range = readonly [number, number];

/** Whether a character is in a set. It is given as a code point; texts that hold bytes have none above 255. */
export type CharacterSet = (point: number) => boolean;

export const lastCodePoint = 0x10ffff;

/** The characters in these ranges. */
export function within(ranges: readonly Range[]): CharacterSet {
  return (point) => ranges.some(([low, high]) => low <= point && point <= high);
}

/** One character. */
export function only(character: number): CharacterSet {
  return (point) => point === character;
}

/** All characters but these. */
export function except(set: CharacterSet): CharacterSet {
  return (point) => !set(point);
}

export function anyOf(sets: readonly CharacterSet[]): CharacterSet {
  return (point) => sets.some((set) => set(point));
}

/** The characters of a set, and those that are one of them but for the case of a letter of ASCII. */
export function ignoringCase(set: CharacterSet): CharacterSet {
  return (point) => set(point) || set(inOtherCase(point));
}

/** A letter of ASCII in its other case; any other character as it is. */
export function inOtherCase(point: number): number {
  const lowerCase = point | 0x20;
  return lowerCase >= 0x61 && lowerCase <= 0x7a ? point ^ 0x20 : point;
}

const digit: readonly Range[] = [[0x30, 0x39]];
const upper: readonly Range[] = [[0x41, 0x5a]];
const lower: readonly Range[] = [[0x61, 0x7a]];

/** What `[:name:]` stands for between brackets, in every syntax. */
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

/** What `\w` is: letters and digits of ASCII, and `_`. */
export const wordRanges: readonly Range[] = [...digit, ...upper, [0x5f, 0x5f], ...lower];
