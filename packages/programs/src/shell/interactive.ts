import type { OpenFile } from "@dryharbor/kernel";
import { banner } from "../busybox/applet.js";
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from "./flow.js";
import { LineEditor } from "./line-editor.js";
import { Incomplete, SyntaxProblem } from "./parser.js";
import type { Shell } from "./shell.js";

/**
 * Runs the commands that a user types at a terminal, until the end of the input. Resolves to the last exit
 * code.
 */
export async function runInteractively(shell: Shell, terminal: OpenFile): Promise<number> {
  const { state } = shell;
  const editor = new LineEditor(shell, terminal);
  shell.print(
    `\n\n${banner.replace("multi-call binary.", "built-in shell (ash)")}\nEnter 'help' for a list of built-in commands.\n\n`,
  );
  for (;;) {
    shell.reportEndedJobs();
    const input = { text: "", at: 0, line: 1 };
    let prompt = await promptOf(shell, "PS1");
    for (let more = true; more; ) {
      const line = await editor.ask(prompt);
      if (line === "end of file") {
        shell.print("\n");
        return state.status;
      }
      if (line === "interrupted") {
        state.status = 130;
        break;
      }
      editor.remember(line.text);
      input.text += `${line.text}\n`;
      const before = { ...input };
      try {
        more = await runTyped(shell, input);
      } catch (error) {
        if (!(error instanceof Incomplete)) throw error;
        Object.assign(input, before);
        prompt = await promptOf(shell, "PS2");
      }
    }
  }
}

/**
 * Runs all commands of the typed text. Resolves to false: no more text is needed.
 *
 * @throws {Incomplete} More is needed.
 */
async function runTyped(shell: Shell, input: { text: string; at: number; line: number }): Promise<false> {
  const { state } = shell;
  for (;;) {
    try {
      const command = shell.parse(input, true);
      if (command === "end") return false;
      if (command) await shell.run(command, { tested: false, last: false });
    } catch (error) {
      if (error instanceof Incomplete || error instanceof ExitFlow) throw error;
      if (error instanceof ShellError || error instanceof SyntaxProblem) {
        shell.reportOnce(error);
        state.status = error instanceof ShellError ? error.code : 2;
        shell.command = undefined;
        return false;
      }
      if (!(error instanceof LoopFlow || error instanceof ReturnFlow)) throw error;
    }
  }
}

async function promptOf(shell: Shell, name: "PS1" | "PS2"): Promise<string> {
  const { variables, cwd } = shell.state;
  const home = variables.get("HOME");
  const place = home !== undefined && home !== "" && cwd === home ? "~" : cwd;
  const values: Readonly<Record<string, string>> = {
    w: place,
    W: place.slice(place.lastIndexOf("/") + 1) || "/",
    $: shell.process.uid === 0 ? "#" : "$",
    h: shell.process.hostname.split(".", 1)[0] as string,
    H: shell.process.hostname,
    u: shell.process.uid === 0 ? "root" : "",
    n: "\n",
    r: "\r",
    "[": "",
    "]": "",
    "\\": "\\",
    e: "\x1b",
    E: "\x1b",
    a: "\x07",
  };
  const text = (variables.get(name) ?? "").replace(
    /\\(.)/g,
    (whole, letter: string) => values[letter] ?? whole,
  );
  return shell.expandPrompt(text.replace(/\\/g, "\\\\"));
}
