import { Died } from "./applet.js";

/** The largest values of the C types by name. */
export const largest = { int: 2_147_483_647, unsigned: 4_294_967_295 } as const;

/** Reads a whole number in a range. @throws {Died} the text is no number, or the number is not in the range */
export function readWhole(text: string, low: number, high: number, code = 1): number {
  if (!/^\+?\d+$/.test(text)) throw new Died(`invalid number '${text}'`, code);
  const number = Number(text);
  if (number < low || number > high) throw new Died(`number ${text} is not in ${low}..${high} range`, code);
  return number;
}
