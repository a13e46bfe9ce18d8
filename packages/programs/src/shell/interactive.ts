import type { Files, OpenFile, ProcessContext } from "@dryharbor/kernel";
import { banner } from "../busybox/applet.js";
import { appletsIn } from "../busybox/binary.js";
import { hasMusl } from "../libc/has-musl.js";
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from "./flow.js";
import { LineEditor } from "./line-editor.js";
import { Incomplete, SyntaxProblem } from "./parser.js";
import type { Shell } from "./shell.js";

/** Who attends to the prompt of a shell besides the shell itself. */
export interface Prompt {
  /** The lines that were typed before. New ones are added. Default: none. */
  readonly history?: string[];
  /** Whether BusyBox says what it is first. Default: if the system's BusyBox does so. */
  readonly greets?: boolean;
  /**
   * Called with whatever is typed at the prompt, as soon as it is whole.
   *
   * @param run carries it out; resolves to the exit code. Without it the shell does nothing
   * @param cwd returns the directory that the shell is in, which `cd` changes
   */
  perform?(
    text: string,
    run: () => Promise<number>,
    process: ProcessContext,
    cwd: () => string,
  ): Promise<void>;
}

/** Debian's BusyBox greets. Alpine's is built to be quiet (FEATURE_SH_EXTRA_QUIET), and other shells greet nowhere. */
function greetsBySystem(files: Files): boolean {
  return appletsIn(files) !== undefined && !hasMusl(files);
}

/**
 * Runs the commands that a user types at a terminal, until the end of the input. Resolves to the last exit
 * code.
 */
export async function runInteractively(shell: Shell, terminal: OpenFile, prompt: Prompt): Promise<number> {
  const { state } = shell;
  const editor = new LineEditor(shell, terminal);
  if (prompt.greets ?? greetsBySystem(shell.process.files))
    shell.print(
      `\n\n${banner.replace("multi-call binary.", "built-in shell (ash)")}\nEnter 'help' for a list of built-in commands.\n\n`,
    );
  for (;;) {
    shell.reportEndedJobs();
    const input = { text: "", at: 0, line: 1 };
    let shown = await promptOf(shell, "PS1");
    for (let more = true; more; ) {
      const line = await editor.ask(shown);
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
        if (prompt.perform) {
          mustBeWhole(shell, input);
          const run = async (): Promise<number> => {
            await runTyped(shell, input);
            return state.status;
          };
          await prompt.perform(input.text.trim(), run, shell.process, () => state.cwd);
          more = false;
        } else {
          more = await runTyped(shell, input);
        }
      } catch (error) {
        if (!(error instanceof Incomplete)) throw error;
        Object.assign(input, before);
        shown = await promptOf(shell, "PS2");
      }
    }
  }
}

/** Reads the typed text without carrying it out. @throws {Incomplete} More is needed. */
function mustBeWhole(shell: Shell, input: { text: string; at: number; line: number }): void {
  const read = { ...input };
  try {
    while (shell.parse(read, true) !== "end");
  } catch (error) {
    // What is wrong is said when it is carried out.
    if (!(error instanceof SyntaxProblem || error instanceof ShellError)) throw error;
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
