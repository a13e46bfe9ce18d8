import type { Matcher } from "@dryharbor/kernel/patterns";
import type { ByteText } from "../byte-text.js";
import { BadExpression, regularExpression } from "../regular-expression.js";
import type { PatternConstant } from "./syntax.js";

/** Compiles a pattern between slashes: an extended expression. @throws {BadExpression} */
export function patternConstant(pattern: ByteText): PatternConstant {
  const sensitive = regularExpression(pattern, { extended: true });
  let insensitive: Matcher | undefined;
  return {
    sensitive,
    insensitive: () => {
      insensitive ??= regularExpression(pattern, { extended: true, ignoreCase: true });
      return insensitive;
    },
  };
}

/** The most patterns that are kept compiled. */
const mostKept = 200;
const kept = new Map<string, Matcher>();

/**
 * Compiles a string as a pattern: an extended expression, or a basic one where it is not a valid extended one.
 * @throws {BadExpression}
 */
export function patternOf(text: ByteText, ignoreCase: boolean): Matcher {
  const key = `${ignoreCase ? "i" : "s"}${text}`;
  const known = kept.get(key);
  if (known) return known;
  const matcher = compiled(text, ignoreCase);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, matcher);
  return matcher;
}

function compiled(text: ByteText, ignoreCase: boolean): Matcher {
  try {
    return regularExpression(text, { extended: true, ignoreCase });
  } catch (error) {
    if (!(error instanceof BadExpression)) throw error;
    return regularExpression(text, { ignoreCase });
  }
}
