import type { BooleanRules } from "../releases/filters.js";

/** Returns what the values of a boolean filter mean together, or `undefined` if they are to be refused. */
export function readBooleanFilter(rules: BooleanRules, values: readonly string[]): boolean | undefined {
  if (values.length === 0 && rules.emptyIsTrue) return true;
  const yes = values.includes("true") || (rules.digits && values.includes("1"));
  const no = values.includes("false") || (rules.digits && values.includes("0"));
  if (yes && no) return rules.trueWins ? true : undefined;
  return yes || no ? yes : undefined;
}
