/** Why Go's strconv does not read a value. */
export class InvalidNumber extends Error {}

const truths: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["1", "t", "T", "TRUE", "true", "True"].map((text) => [text, true])),
  ...Object.fromEntries(["0", "f", "F", "FALSE", "false", "False"].map((text) => [text, false])),
};

/** As strconv.ParseBool. */
export function parseBoolean(text: string): boolean {
  const value = Object.hasOwn(truths, text) ? truths[text] : undefined;
  if (value === undefined) {
    throw new InvalidNumber(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  return value;
}

/** As strconv.Atoi. */
export function parseInteger(text: string): number {
  const invalid = (why: string) => new InvalidNumber(`strconv.Atoi: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^[+-]?\d+$/.test(text)) throw invalid("invalid syntax");
  const value = BigInt(text.replace(/^\+/, ""));
  if (BigInt.asIntN(64, value) !== value) throw invalid("value out of range");
  return Number(value);
}
