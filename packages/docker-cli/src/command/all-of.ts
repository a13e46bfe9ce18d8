// Commands that do the same to all of their arguments at once, and tell of failures when all are done.
import type { Call } from "./command.js";
import { messageOf } from "./dispatch.js";
import { CommandError } from "./errors.js";

/**
 * Does something to all arguments at once. What succeeded is printed in their order, by its name or by what `act`
 * returns; then the command fails with the errors of all others.
 */
export async function allOf<F>(
  { arguments: names, io, session }: Call<F>,
  act: (name: string) => Promise<unknown>,
): Promise<void> {
  const results = names.map((name) => act(name));
  // A later one may fail while an earlier one is waited for.
  for (const result of results) result.catch(() => {});
  const problems: string[] = [];
  for (const [index, result] of results.entries()) {
    try {
      const text = await result;
      io.stdout(typeof text === "string" ? text : `${names[index]}\n`);
    } catch (error) {
      problems.push(messageOf(error, session));
    }
  }
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
}
