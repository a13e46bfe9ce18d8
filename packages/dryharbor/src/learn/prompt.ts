// Reads what is typed, line by line, with a history at a terminal.
import { stdin, stdout } from "node:process";
import { createInterface } from "node:readline";

/**
 * Yields the lines that are typed, until the input ends. At a terminal each line is read for itself, and between two of
 * them the terminal is free for a command.
 */
export async function* typedLines(prompt: string): AsyncGenerator<string> {
  if (stdin.isTTY !== true || stdout.isTTY !== true) {
    for await (const line of createInterface({ input: stdin })) {
      stdout.write(`${prompt}${line}\n`);
      yield line;
    }
    return;
  }
  let history: string[] = [];
  for (;;) {
    const line = await oneLine(prompt, history, (now) => {
      history = now;
    });
    if (line === undefined) return;
    yield line;
  }
}

/** Reads one line at a terminal; `undefined` where it ends. Ctrl-C empties the line. */
function oneLine(prompt: string, history: string[], keep: (history: string[]) => void): Promise<string | undefined> {
  const lines = createInterface({ input: stdin, output: stdout, history: [...history], removeHistoryDuplicates: true });
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
      resolve(line);
      lines.close();
    });
    lines.once("close", () => {
      resolve(undefined);
      stdout.write("");
    });
  });
}
