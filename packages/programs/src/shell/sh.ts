// The program `sh` (also `ash`): it reads its arguments and runs a script, standard input, or a terminal
// session.
import type { OpenFile, ProcessContext, Program } from "@dryharbor/kernel";
import { banner } from "../busybox/applet.js";
import { ShellError } from "./flow.js";
import { type Prompt, runInteractively } from "./interactive.js";
import { ShellOptions } from "./options.js";
import { Incomplete } from "./parser.js";
import { Shell } from "./shell.js";
import { readScript } from "./source.js";
import { Variables } from "./variables.js";

const help = `sh [-il] [-|+Cabefmnuvx] [-|+o OPT]... [-c 'SCRIPT' [ARG0 ARGS] | FILE ARGS | -s ARGS]

Unix shell interpreter`;

/** `sh [-OPTIONS] [-c SCRIPT [NAME ARG...] | FILE [ARG...] | -s [ARG...]]`: runs a shell, BusyBox's ash. */
export const sh: Program = (process) => runShell(process, {});

/**
 * Makes a shell whose prompt somebody else attends to: a lesson that has words of its own, or keeps the state before
 * each command.
 */
export function shellWith(prompt: Prompt): Program {
  return (process) => runShell(process, prompt);
}

async function runShell(process: ProcessContext, prompt: Prompt): Promise<number> {
  if (process.argv[1] === "--help") {
    process.stdout(`${banner}\n\nUsage: ${help}\n`);
    return 0;
  }
  const call = readCall(process.argv);
  const name = process.argv[0];
  if (typeof call === "string") {
    process.stderr(`${name}: ${call}\n`);
    return 2;
  }
  const terminal = call.script === undefined && call.file === undefined ? terminalOf(process) : undefined;
  const isInteractive = terminal !== undefined || call.interactive;
  const source = call.script !== undefined ? "c" : call.file === undefined ? "s" : "";
  const options = new ShellOptions(`${source}${isInteractive ? "i" : ""}`, terminal ? ["monitor"] : []);
  for (const [letter, on] of call.letters) {
    if (options.setLetter(letter, on)) continue;
    process.stderr(`${name}: illegal option ${on ? "-" : "+"}${letter}\n`);
    return 2;
  }
  for (const [option, on] of call.names) {
    if (options.setName(option, on)) continue;
    process.stderr(`${name}: illegal option ${on ? "-" : "+"}o ${option}\n`);
    return 2;
  }
  if (isInteractive) ignoreKeys(process);
  const shell = newShell(process, name, options, isInteractive, prompt.history);
  return shell.runToEnd(async () => {
    if (call.script !== undefined) {
      const [zero, ...args] = call.operands;
      if (zero !== undefined) shell.state.name = zero;
      shell.state.positional = args;
      return shell.runText(call.script, 0, true);
    }
    if (call.file !== undefined) {
      shell.state.positional = call.operands;
      const text = await readScript(shell, call.file);
      shell.state.name = call.file;
      return shell.runText(text, 1, false);
    }
    shell.state.positional = call.operands;
    return terminal ? runInteractively(shell, terminal, prompt) : runInput(shell);
  });
}

interface Call {
  readonly letters: readonly (readonly [string, boolean])[];
  readonly names: readonly (readonly [string, boolean])[];
  readonly script: string | undefined;
  readonly file: string | undefined;
  readonly operands: readonly string[];
  readonly interactive: boolean;
}

/** Makes an interactive shell ignore the signals that would end or stop it. */
function ignoreKeys({ onSignal }: ProcessContext): void {
  for (const name of ["SIGTERM", "SIGQUIT", "SIGTSTP", "SIGTTOU"]) onSignal(name, "ignore");
  onSignal("SIGINT", () => {});
}

/** Returns standard input when both input and output are terminals. */
function terminalOf({ descriptors }: ProcessContext): OpenFile | undefined {
  return descriptors.get(1)?.terminal ? descriptors.get(0)?.terminal && descriptors.get(0) : undefined;
}

function readCall(argv: readonly string[]): Call | string {
  const rest = argv.slice(1);
  const letters: [string, boolean][] = [];
  const names: [string, boolean][] = [];
  let takesScript = false;
  let fromInput = false;
  let interactive = false;
  while (rest[0] !== undefined && /^[-+]./.test(rest[0])) {
    const word = rest.shift() as string;
    if (word === "--") break;
    const on = word.startsWith("-");
    for (const letter of word.slice(1)) {
      if (letter === "c" && on) takesScript = true;
      else if (letter === "s" && on) fromInput = true;
      else if (letter === "i") interactive = on;
      else if (letter === "l") continue;
      else if (letter === "o") {
        const name = rest.shift();
        if (name !== undefined) names.push([name, on]);
      } else letters.push([letter, on]);
    }
  }
  if (rest[0] === "-") rest.shift();
  if (takesScript) {
    const script = rest.shift();
    if (script === undefined) return "-c requires an argument";
    return { letters, names, script, file: undefined, operands: rest, interactive };
  }
  const file = fromInput ? undefined : rest.shift();
  return { letters, names, script: undefined, file, operands: rest, interactive };
}

function newShell(
  process: ProcessContext,
  name: string,
  options: ShellOptions,
  isInteractive: boolean,
  history: string[] = [],
): Shell {
  const variables = new Variables();
  const defaults = {
    FUNCNAME: "",
    IFS: " \t\n",
    LINENO: "",
    OPTIND: "1",
    PS1: "\\w \\$ ",
    PS2: "> ",
    PS4: "+ ",
  };
  for (const [variable, value] of Object.entries(defaults)) variables.set(variable, value);
  for (const [variable, value] of Object.entries(process.env)) {
    if (!/^[A-Za-z_]\w*$/.test(variable) || variable === "IFS") continue;
    variables.set(variable, value);
    variables.mark(variable, { exported: true });
  }
  variables.set("PPID", String(process.parentPid));
  variables.set("PWD", process.cwd);
  variables.mark("PWD", { exported: true });
  variables.set("SHLVL", String(Number(process.env.SHLVL ?? 0) + 1));
  variables.mark("SHLVL", { exported: true });
  variables.set("RANDOM", "");
  return new Shell(
    process,
    {
      name,
      positional: [],
      variables,
      functions: new Map(),
      aliases: new Map(),
      history,
      options,
      cwd: process.cwd,
      umask: 0o022,
      pid: process.pid,
      lastBackground: undefined,
      status: 0,
      line: 0,
    },
    isInteractive,
  );
}

/** Runs the commands on standard input, each as soon as it is complete. */
async function runInput(shell: Shell): Promise<number> {
  const input = { text: "", at: 0, line: 1 };
  const decoder = new TextDecoder();
  let isOpen = true;
  let code = 0;
  for (;;) {
    const before = { ...input };
    try {
      const command = shell.parse(input, isOpen);
      if (command === "end") {
        if (!isOpen) return code;
        throw new Incomplete();
      }
      if (command) code = await shell.run(command, { tested: false, last: false });
      continue;
    } catch (error) {
      if (!(error instanceof Incomplete)) throw error;
      Object.assign(input, before);
    }
    const file = shell.process.descriptors.get(0);
    if (!file) throw new ShellError("can't open standard input");
    const data = await shell.process.read(file, 1024);
    // The text of the commands that have run is no longer needed.
    input.text = input.text.slice(input.at);
    input.at = 0;
    if (data) input.text += decoder.decode(data, { stream: true });
    else {
      input.text += decoder.decode();
      isOpen = false;
    }
  }
}
