import { Died } from "./applet.js";

/** What the suffixes of a size stand for. */
const suffixes: Readonly<Record<string, number>> = {
  "": 1,
  c: 1,
  w: 2,
  b: 512,
  kB: 1000,
  kD: 1000,
  k: 1024,
  K: 1024,
  MB: 1_000_000,
  MD: 1_000_000,
  M: 1_048_576,
  GB: 1_000_000_000,
  GD: 1_000_000_000,
  G: 1_073_741_824,
};

/**
 * Reads a size such as `512`, `4k` or `2MB`.
 *
 * @throws {Died} It is no size, or less than `least`
 */
export function sizeWithSuffix(text: string, least = 0): number {
  const [, digits, suffix = ""] = /^(\d+)(\w*)$/.exec(text) ?? [];
  const unit = Object.hasOwn(suffixes, suffix) ? suffixes[suffix] : undefined;
  if (digits === undefined || unit === undefined) throw new Died(`invalid number '${text}'`);
  const size = Number(digits) * unit;
  if (size < least) throw new Died(`number ${text} is not in ${least}..9223372036854775807 range`);
  return size;
}
