import { BadPattern, goTree, Matcher } from "@dryharbor/kernel/patterns";

/** Returns what Go says of a pattern that it refuses, or `undefined`. */
export function goPatternProblem(
  pattern: string,
  options: { readonly namedWithoutP: boolean },
): string | undefined {
  try {
    goTree(pattern, options);
    return undefined;
  } catch (error) {
    if (error instanceof BadPattern) return `error parsing regexp: ${error.message}`;
    throw error;
  }
}

/**
 * Compiles a pattern of Go's regexp package.
 *
 * @param namedWithoutP whether Go accepts groups like `(?<name>…)`, too
 * @returns `undefined` for a pattern that Go refuses
 */
export function goPattern(
  pattern: string,
  options: { readonly namedWithoutP: boolean },
): Matcher | undefined {
  try {
    return new Matcher(goTree(pattern, options));
  } catch (error) {
    if (error instanceof BadPattern) return undefined;
    throw error;
  }
}
