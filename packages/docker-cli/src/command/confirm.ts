// Asks for a yes before something is removed.
import type { CommandIo } from "../io.js";

/** Asks a question on standard output, and reads one line of standard input. Only `y` is a yes. */
export async function confirm(io: CommandIo, question: string): Promise<boolean> {
  io.stdout(`${question} [y/N] `);
  const decoder = new TextDecoder();
  let answer = "";
  for await (const piece of io.stdin) {
    answer += decoder.decode(piece, { stream: true });
    if (answer.includes("\n")) break;
  }
  return answer.split("\n", 1)[0]!.trim().toLowerCase() === "y";
}
