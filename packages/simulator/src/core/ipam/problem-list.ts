/**
 * Joins problems into one text as 26.1 and later do: one problem stands alone, several make a list in which
 * nested lists are indented.
 */
export function problemList(problems: readonly string[]): string {
  if (problems.length === 1) return (problems[0] as string).trim();
  return problems.map((problem) => `* ${problem.replaceAll("\n", "\n\t")}`).join("\n");
}
