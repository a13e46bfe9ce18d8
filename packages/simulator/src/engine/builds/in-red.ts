/** Returns text as it is told where it is no plain output: what goes to standard error, and warnings. */
export function inRed(text: string): string {
  return `\u001b[91m${text}\u001b[0m`;
}
