import type { BuiltinName } from "./builtin-names.js";
import type { Expression } from "./syntax.js";
import { targetOf } from "./target.js";

/**
 * Returns the expressions to evaluate for an argument of a built-in function: none for an array or a pattern
 * between slashes, and the subscript for an element that is to be changed.
 */
export function operandsOfArgument(
  name: BuiltinName,
  argument: Expression,
  index: number,
): readonly Expression[] {
  if (argument.kind === "pattern" && isPattern(name, index)) return [];
  if (name === "split" && index === 1) return [];
  if (name === "length" && argument.kind === "variable") return [];
  if ((name === "sub" || name === "gsub") && index === 2) return targetOf(argument)?.operands ?? [argument];
  return [argument];
}

/** Returns whether an argument of a built-in function is a pattern. */
function isPattern(name: BuiltinName, index: number): boolean {
  switch (name) {
    case "sub":
    case "gsub":
    case "gensub":
      return index === 0;
    case "match":
      return index === 1;
    case "split":
      return index === 2;
    default:
      return false;
  }
}
