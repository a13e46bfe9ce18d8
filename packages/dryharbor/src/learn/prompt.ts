// Reads what is typed, line by line, with a history at a terminal.
import { stdin, stdout } from "node:process";
import { createInterface } from "node:readline";

/** Says how a line that ends at the cursor may go on: whole words, and what is typed of them. */
export type Complete = (line: string) => Found | Promise<Found>;
type Found = [matches: string[], typed: string];

/**
 * Yields the lines that are typed, until the input ends. At a terminal each line is read for itself, and between two of
 * them the terminal is free for a command.
 */
export async function* typedLines(prompt: string, complete: Complete): AsyncGenerator<string> {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    for await (const line of createInterface({ input: stdin })) {
      stdout.write(`${prompt}${line}\n`);
      yield line;
    }
    return;
  }
  let history: string[] = [];
  try {
    for (;;) {
      const line = await oneLine(prompt, complete, history, (now) => {
        history = now;
      });
      if (line === undefined) return;
      yield line;
    }
  } finally {
    stdin.setRawMode(false);
  }
}

/** Reads one line at a terminal; `undefined` where it ends. Ctrl-C empties the line. */
function oneLine(
  prompt: string,
  complete: Complete,
  history: string[],
  keep: (history: string[]) => void,
): Promise<string | undefined> {
  let isEntered = false;
  const lines = createInterface({
    input: stdin,
    output: stdout,
    completer: (line: string, offer: (error: null, found: Found) => void) => {
      const found = complete(line);
      if (!(found instanceof Promise)) return offer(null, found);
      const unlessEntered = (later: Found) => {
        if (!isEntered) offer(null, later);
      };
      // Where nothing can be offered the line stays as it is.
      found.then(unlessEntered, () => unlessEntered([[], line]));
    },
    history: [...history],
    removeHistoryDuplicates: true,
  });
  lines.on("history", keep);
  // The line break before a prompt is written once, since the line is drawn anew with each key.
  const [, before = "", sign = prompt] = /^(\n*)(.*)$/s.exec(prompt) ?? [];
  stdout.write(before);
  lines.setPrompt(sign);
  lines.prompt();
  return new Promise((resolve) => {
    lines.on("SIGINT", () => {
      stdout.write("^C\n");
      lines.write(null, { ctrl: true, name: "u" });
      lines.prompt();
    });
    lines.once("line", (line) => {
      isEntered = true;
      resolve(line);
      lines.close();
      // What is typed now is for the command. The terminal must not take a Ctrl-D for the end of all input.
      stdin.setRawMode(true);
    });
    lines.once("close", () => {
      // Ctrl-D ends no line.
      if (!isEntered) stdout.write("\n");
      resolve(undefined);
    });
  });
}
