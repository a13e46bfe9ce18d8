import { FileError } from "@dryharbor/kernel";
import { ReturnFlow, ShellError } from "./flow.js";
import type { Shell } from "./shell.js";

/** `. FILE [ARG]...`: runs the commands of a file in this shell. */
export async function sourceFile(shell: Shell, words: readonly string[]): Promise<number> {
  const [, path, ...args] = words;
  if (path === undefined) return 2;
  if (!path.includes("/")) throw new ShellError(`${path}: not found`);
  const text = await readScript(shell, path);
  const { state } = shell;
  const { positional, line } = state;
  const outer = shell.command;
  if (args.length > 0) state.positional = args;
  shell.command = path;
  shell.returns++;
  const { loops } = shell;
  shell.loops = 0;
  try {
    return await shell.runText(text, 1, false);
  } catch (flow) {
    if (flow instanceof ReturnFlow) return flow.code;
    throw flow;
  } finally {
    shell.loops = loops;
    shell.returns--;
    shell.command = outer;
    state.line = line;
    if (args.length > 0) state.positional = positional;
  }
}

/** Reads the text of a script. @throws {ShellError} The file cannot be read. */
export async function readScript(shell: Shell, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    const file = shell.process.open(path, { cwd: shell.state.cwd });
    for (;;) {
      const data = await shell.process.read(file, Number.POSITIVE_INFINITY);
      if (!data) return text + decoder.decode();
      text += decoder.decode(data, { stream: true });
    }
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // BusyBox reads a directory as an empty script.
    if (error.code === "EISDIR") return "";
    throw new ShellError(`can't open ${path}: ${error.code === "ENOENT" ? "no such file" : error.message}`);
  }
}
