// Asks a question that a yes answers.

import type { ComposeContext } from "./context.js";

/** Asks on standard output, and reads one line of standard input. Anything but a yes is a no. */
export async function askUser({ io }: Pick<ComposeContext, "io">, question: string): Promise<boolean> {
  io.stdout(io.isTerminal.stdin ? `? ${question} (y/N) ` : question);
  const decoder = new TextDecoder();
  let answer = "";
  for await (const piece of io.stdin) {
    answer += decoder.decode(piece, { stream: true });
    if (answer.includes("\n")) break;
  }
  return /^(1|t|true|y|yes)$/i.test(answer.split("\n")[0]?.trim() ?? "");
}
