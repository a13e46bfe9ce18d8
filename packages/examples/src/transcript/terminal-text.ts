// What programs write to a terminal.

/** A shell asks the terminal where its cursor is. */
const question = "\x1b[6n";

/** Whether a shell in a container has written its prompt, and waits for a line. */
export function waitsForInput(shown: string): boolean {
  return /[#$] $/.test(shown.replaceAll(question, ""));
}

/** The text as one sees it: without carriage returns, and without what a shell asks the terminal. */
export function readable(shown: string): string {
  return shown.replaceAll(question, "").replaceAll("\r", "");
}
