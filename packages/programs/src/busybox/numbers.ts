/**
 * Parses a whole number as BusyBox does for options. Returns the text of the error when the text is no number
 * or the number is out of range.
 */
export function readNumber(text: string, from: bigint | number, to: bigint | number): number | string {
  if (!/^[+-]?\d+$/.test(text) || (text.startsWith("-") && BigInt(from) >= 0n))
    return `invalid number '${text}'`;
  const number = BigInt(text.replace(/^\+/, ""));
  if (number < BigInt(from) || number > BigInt(to)) return `number ${text} is not in ${from}..${to} range`;
  return Number(number);
}
