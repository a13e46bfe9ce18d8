/** Several problems in one text, as 26.1 and later write them: one alone, more of them as a list with nested lists indented. */
export function problemList(problems: readonly string[]): string {
  if (problems.length === 1) return (problems[0] as string).trim();
  return problems.map((problem) => `* ${problem.replaceAll("\n", "\n\t")}`).join("\n");
}
