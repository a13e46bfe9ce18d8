import { Died } from "./applet.js";

/** The largest number of 32 bits. */
const largest = 0xffff_ffff;

/** The largest number of 32 bits of which one is the sign. */
export const largestSigned = 0x7fff_ffff;

/** Reads the number of an option that takes a count, as `xatoi_positive` does. @throws {Died} */
export function readCountOption(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > largestSigned) throw new Died(`invalid number '${text}'`);
  return Number(text);
}

/** Reads a number of an argument, as `xatou_range` does. @throws {Died} */
export function readNumber(text: string, from = 0, to = largest): number {
  if (!/^\d+$/.test(text)) throw new Died(`invalid number '${text}'`);
  const number = Number(text);
  if (number < from || number > to) throw new Died(`number ${text} is not in ${from}..${to} range`);
  return number;
}
