import { BadPattern, goTree, Matcher } from "@dryharbor/kernel/patterns";

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
