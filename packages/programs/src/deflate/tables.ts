// What the format DEFLATE (RFC 1951) fixes, for reading and writing.

/** The symbol that ends a block. */
export const endOfBlock = 256;
/** The first symbol that stands for a length. */
export const firstLength = 257;
/** The number of symbols for literals and lengths, and for distances. */
export const literalSymbols = 286;
export const distanceSymbols = 30;
/** How far back a match may begin. */
export const windowSize = 32_768;

/** The extra bits behind each length symbol, and the shortest length that it stands for. */
export const lengthBits: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
export const lengthBases: readonly number[] = [...basesOf(lengthBits.slice(0, -1), 3), 258];

/** The extra bits behind each distance symbol, and the shortest distance that it stands for. */
export const distanceBits: readonly number[] = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
export const distanceBases: readonly number[] = basesOf(distanceBits, 1);

/** The order in which the lengths of the code for code lengths are written. */
export const codeLengthOrder: readonly number[] = [
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/** The lengths of the codes of a block with the fixed code. */
export const fixedLiteralLengths: readonly number[] = Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
export const fixedDistanceLengths: readonly number[] = Array.from({ length: 30 }, () => 5);

function basesOf(bits: readonly number[], first: number): number[] {
  let base = first;
  return bits.map((count) => {
    const own = base;
    base += 2 ** count;
    return own;
  });
}
