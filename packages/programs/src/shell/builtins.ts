// The builtins: the commands that the shell runs itself, without a process. shell.ts looks them up by name.
import { absolutePath, FileError, parseSignal } from "@dryharbor/kernel";
import { busyboxApplets } from "../busybox/applets.js";
import { echoOutput } from "../busybox/echo.js";
import { runKill } from "../busybox/kill.js";
import { formatted } from "../busybox/printf.js";
import { shortSignalName } from "../busybox/signals.js";
import { runTest, testWorldOf } from "../busybox/test.js";
import { compute } from "./expansion.js";
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from "./flow.js";
import { readOptionLetters } from "./getopts.js";
import type { Job } from "./jobs.js";
import { times, ulimit, umask } from "./limits.js";
import { letters } from "./option-letters.js";
import { isName, isShellKeyword, SyntaxProblem } from "./parser.js";
import { singleQuoted } from "./quoting.js";
import { readLineInto } from "./read.js";
import type { Shell } from "./shell.js";
import { sourceFile } from "./source.js";

/** A builtin. It takes its command line, beginning with its name, and returns the exit code. */
export type Builtin = (shell: Shell, words: readonly string[]) => Promise<number> | number;

/** The special builtins of POSIX. Assignments before them stay in effect, and their errors end the shell. */
export const specialBuiltins: ReadonlySet<string> = new Set([
  ":",
  ".",
  "break",
  "continue",
  "eval",
  "exec",
  "exit",
  "export",
  "local",
  "readonly",
  "return",
  "set",
  "shift",
  "source",
  "times",
  "trap",
  "unset",
]);

function illegalNumber(text: string): ShellError {
  return new ShellError(`Illegal number: ${text}`);
}

/** Parses a number that a builtin takes. @throws {ShellError} The text is not a whole number. */
function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw illegalNumber(text);
  return Number(text);
}

const table: Readonly<Record<string, Builtin>> = {
  ":": () => 0,
  true: () => 0,
  false: () => 1,
  echo(shell, words) {
    return write(shell, echoOutput(words.slice(1)));
  },
  printf(shell, words) {
    const args = words[1] === "--" ? words.slice(2) : words.slice(1);
    if (args.length === 0) {
      shell.printError(`${shell.state.name}: usage: printf FORMAT [ARGUMENT...]\n`);
      return 1;
    }
    const { bytes, problems, code } = formatted(args);
    for (const problem of problems) shell.printError(`${shell.state.name}: ${problem}\n`);
    write(shell, bytes);
    return code;
  },
  test: tested,
  "[": tested,
  "[[": tested,
  cd: changeDirectory,
  pwd(shell, words) {
    const { given } = letters(words, "LP");
    const { cwd } = shell.state;
    shell.print(`${given.has("P") ? shell.process.files.realpath(cwd) : cwd}\n`);
    return 0;
  },
  export: (shell, words) => mark(shell, words, "exported"),
  readonly: (shell, words) => mark(shell, words, "readonly"),
  unset,
  set: setOptions,
  shift(shell, words) {
    const count = words[1] === undefined ? 1 : wholeNumber(words[1]);
    const { state } = shell;
    if (count > state.positional.length) return 1;
    state.positional = state.positional.slice(count);
    return 0;
  },
  exit(shell, words) {
    throw new ExitFlow(words[1] === undefined ? shell.state.status : wholeNumber(words[1]) & 0xff);
  },
  return(shell, words) {
    const code = words[1] === undefined ? shell.state.status : wholeNumber(words[1]) & 0xff;
    throw shell.returns > 0 ? new ReturnFlow(code) : new ExitFlow(code);
  },
  break: leaveLoop,
  continue: leaveLoop,
  async eval(shell, words) {
    const text = words.slice(1).join(" ");
    if (text.trim() === "") return 0;
    return shell.runText(text, shell.state.line, false);
  },
  async exec(shell, words) {
    const rest = words[1] === "--" ? words.slice(2) : words.slice(1);
    if (rest.length === 0) return 0;
    throw new ExitFlow(await shell.becomeProgram(rest, []));
  },
  ".": sourceFile,
  source: sourceFile,
  type(shell, words) {
    let code = 0;
    for (const word of words.slice(1)) {
      if (word.startsWith("-")) continue;
      if (!describe(shell, word, true)) code = 127;
    }
    return code;
  },
  command,
  hash(shell, words) {
    const { rest } = letters(words, "r");
    let code = 0;
    for (const name of rest) {
      if (typeof shell.findProgram(name) === "function") continue;
      shell.complain(`${name}: not found`);
      code = 1;
    }
    return code;
  },
  getopts: readOptionLetters,
  local(shell, words) {
    const { variables } = shell.state;
    if (!variables.inFunction) throw new ShellError("not in a function");
    for (const word of words.slice(1)) {
      const { name, value } = assignment(word);
      if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
      variables.makeLocal(name);
      if (value !== undefined) shell.assign(name, value);
    }
    return 0;
  },
  let(shell, words) {
    if (words.length < 2) throw new ShellError("expression expected");
    let value = 0n;
    for (const expression of words.slice(1)) value = compute(shell, expression);
    return value === 0n ? 1 : 0;
  },
  read: readLineInto,
  trap,
  wait,
  kill,
  jobs(shell, words) {
    const { given, rest } = letters(words, "lp");
    shell.recordEnds(undefined);
    const { jobs } = shell;
    const wanted = rest.length > 0 ? rest.map((name) => jobNamed(shell, name)) : [...jobs.list()];
    for (const job of wanted) {
      if (given.has("p")) shell.print(`${job.pids[0]}\n`);
      else shell.print(jobLine(shell, job, given.has("l")));
      if (job.isDone && !given.has("p")) jobs.remove(job);
    }
    return 0;
  },
  fg: (shell, words) => resumeJob(shell, words),
  bg: (shell, words) => resumeJob(shell, words),
  alias(shell, words) {
    const { aliases } = shell.state;
    if (words.length === 1) {
      for (const [name, value] of [...aliases].sort()) shell.print(`${name}=${singleQuoted(value)}\n`);
      return 0;
    }
    let code = 0;
    for (const word of words.slice(1)) {
      const { name, value } = assignment(word);
      if (value !== undefined) aliases.set(name, value);
      else if (aliases.has(name)) shell.print(`${name}=${singleQuoted(aliases.get(name) as string)}\n`);
      else {
        shell.printError(`alias: ${name} not found\n`);
        code = 1;
      }
    }
    return code;
  },
  unalias(shell, words) {
    const { given, rest } = letters(words, "a");
    const { aliases } = shell.state;
    if (given.has("a")) aliases.clear();
    let code = 0;
    for (const name of rest) {
      if (aliases.delete(name)) continue;
      shell.printError(`unalias: ${name} not found\n`);
      code = 1;
    }
    return code;
  },
  umask,
  ulimit,
  times,
  history(shell) {
    const lines = shell.state.history.map((line, at) => `${String(at).padStart(4)} ${line}\n`);
    shell.print(lines.join(""));
    return 0;
  },
  help(shell) {
    shell.print("Built-in commands:\n------------------\n");
    let line = "";
    for (const name of [...[...builtins.keys()].sort(), ...busyboxApplets]) {
      if (line.length + name.length + 1 > 64) {
        shell.print(`\t${line.trim()}\n`);
        line = "";
      }
      line += ` ${name}`;
    }
    shell.print(`\t${line.trim()}\n\n`);
    return 0;
  },
};

/** The builtins by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(Object.entries(table));
export const builtinNames: readonly string[] = Object.keys(table);

/** Formats a job as `jobs` lists it, and as an interactive shell reports its end. */
export function jobLine({ jobs }: Shell, job: Job, withPid = false): string {
  const sign = job === jobs.list().at(-1) ? "+" : job === jobs.list().at(-2) ? "-" : " ";
  const code = job.code(false);
  const end = job.ends.get(job.lastPid);
  const failed = code === 0 ? "Done" : `Done(${code})`;
  const state = !job.isDone ? "Running" : end?.signal !== undefined ? jobEnd(end.signal) : failed;
  const pid = withPid ? `${String(job.pids[0]).padStart(5)} ` : "";
  return `[${job.number}]${sign}  ${pid}${state.padEnd(27)}${job.text}\n`;
}

function jobEnd(signal: number): string {
  return signal === 15 ? "Terminated" : signal === 9 ? "Killed" : shortSignalName(signal);
}

function write(shell: Shell, bytes: Uint8Array): number {
  const file = shell.process.descriptors.get(1);
  if (!file) {
    if (bytes.length === 0) return 0;
    shell.printError(`${shell.state.name}: write error: Bad file descriptor\n`);
    return 1;
  }
  shell.process.write(file, bytes);
  return 0;
}

function tested(shell: Shell, words: readonly string[]): number {
  const world = testWorldOf(shell.process, shell.state.cwd);
  return runTest(
    { stderr: (text) => shell.printError(String(text)) },
    shell.state.name,
    words.slice(1),
    world,
    words[0],
  );
}

function assignment(word: string): { name: string; value: string | undefined } {
  const at = word.indexOf("=");
  return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) };
}

function changeDirectory(shell: Shell, words: readonly string[]): number {
  const { given, rest } = letters(words, "LP");
  const { variables } = shell.state;
  let target = rest[0] ?? variables.get("HOME") ?? "";
  let shown = false;
  if (target === "-") {
    target = variables.get("OLDPWD") ?? "";
    shown = true;
  }
  if (target === "") target = shell.state.cwd;
  let path: string | undefined;
  if (!target.startsWith("/") && !/^\.\.?(\/|$)/.test(target)) {
    for (const directory of (variables.get("CDPATH") ?? "").split(":")) {
      const candidate = directory === "" ? target : `${directory}/${target}`;
      if (shell.process.files.isDirectory(absolutePath(candidate, shell.state.cwd))) {
        path = candidate;
        if (directory !== "") shown = true;
        break;
      }
    }
  }
  path ??= target;
  const absolute = absolutePath(path, shell.state.cwd);
  const { files } = shell.process;
  try {
    files.checkEnter(absolute);
  } catch (error) {
    if (error instanceof FileError) throw new ShellError(`can't cd to ${target}: ${error.message}`);
    throw error;
  }
  // The kernel's path has no doubled slashes, but the shell keeps a doubled slash at the beginning.
  const spelt = path.startsWith("//") ? `/${absolute}` : absolute;
  const name = given.has("P") ? files.realpath(absolute) : spelt;
  variables.set("OLDPWD", shell.state.cwd);
  shell.state.cwd = name;
  variables.set("PWD", name);
  variables.mark("PWD", { exported: true });
  variables.mark("OLDPWD", { exported: true });
  if (shown) shell.print(`${name}\n`);
  return 0;
}

function mark(shell: Shell, words: readonly string[], what: "exported" | "readonly"): number {
  const isExport = what === "exported";
  const { given, rest } = letters(words, isExport ? "np" : "p");
  const { variables } = shell.state;
  if (rest.length === 0) {
    for (const [name, variable] of variables.entries()) {
      if (!variable[what]) continue;
      const value = variable.value === undefined ? "" : `=${singleQuoted(variable.value)}`;
      shell.print(`${isExport ? "export" : "readonly"} ${name}${value}\n`);
    }
    return 0;
  }
  for (const word of rest) {
    const { name, value } = assignment(word);
    if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
    if (value !== undefined) shell.assign(name, value);
    variables.mark(name, { [what]: !given.has("n") });
  }
  return 0;
}

function unset(shell: Shell, words: readonly string[]): number {
  const { given, rest } = letters(words, "fv");
  const { variables, functions } = shell.state;
  for (const name of rest) {
    if (given.has("f")) {
      functions.delete(name);
      continue;
    }
    if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
    if (variables.isReadonly(name)) throw new ShellError(`${name}: is read only`);
    variables.unset(name);
  }
  return 0;
}

function setOptions(shell: Shell, words: readonly string[]): number {
  const { state } = shell;
  const rest = words.slice(1);
  if (rest.length === 0) {
    for (const [name, { value }] of state.variables.entries()) {
      if (value !== undefined) shell.print(`${name}=${singleQuoted(value)}\n`);
    }
    return 0;
  }
  while (rest[0] !== undefined && /^[-+]/.test(rest[0])) {
    const word = rest.shift() as string;
    if (word === "--") {
      state.positional = rest;
      return 0;
    }
    if (word === "-") {
      state.options.setName("xtrace", false);
      state.options.setName("verbose", false);
      break;
    }
    const on = word.startsWith("-");
    for (const letter of word.slice(1)) {
      if (letter === "o") {
        const name = rest.shift();
        if (name === undefined) listOptions(shell, on);
        else if (!state.options.setName(name, on)) {
          shell.complain(`illegal option ${on ? "-" : "+"}o ${name}`);
          return 1;
        }
      } else if (!state.options.setLetter(letter, on)) {
        throw new ShellError(`illegal option ${on ? "-" : "+"}${letter}`);
      }
    }
  }
  if (rest.length > 0) state.positional = rest;
  return 0;
}

function listOptions(shell: Shell, readable: boolean): void {
  for (const [name, on] of shell.state.options.list()) {
    shell.print(readable ? `${name.padEnd(16)}${on ? "on" : "off"}\n` : `set ${on ? "-" : "+"}o ${name}\n`);
  }
}

function leaveLoop(shell: Shell, [name, text]: readonly string[]): number {
  const levels = text === undefined ? 1 : wholeNumber(text);
  if (levels === 0) throw illegalNumber(text as string);
  if (shell.loops === 0) return 0;
  throw new LoopFlow(name === "break" ? "break" : "continue", Math.min(levels, shell.loops));
}

async function command(shell: Shell, words: readonly string[]): Promise<number> {
  const { given, rest } = letters(words, "pvV");
  const [name] = rest;
  if (name === undefined) return 0;
  if (given.has("v") || given.has("V")) return describe(shell, name, given.has("V")) ? 0 : 127;
  const builtin = builtins.get(name);
  if (builtin) return shell.callBuiltin(builtin, rest, false).catch(withoutEndingShell(shell));
  shell.command = undefined;
  return shell.runProgram(rest);
}

/** Handles an error of a special builtin behind `command`: it does not end the shell. */
function withoutEndingShell(shell: Shell): (error: unknown) => number {
  return (error) => {
    if (!(error instanceof ShellError || error instanceof SyntaxProblem)) throw error;
    shell.reportOnce(error);
    return 2;
  };
}

/** Prints the meaning of a name, as `type` and `command -v` do. Returns whether the name has one. */
function describe(shell: Shell, name: string, atLength: boolean): boolean {
  const say = (short: string, long: string): true => {
    shell.print(`${atLength ? long : short}\n`);
    return true;
  };
  if (isShellKeyword(name)) return say(name, `${name} is a shell keyword`);
  const alias = shell.state.aliases.get(name);
  if (alias !== undefined)
    return say(`alias ${name}=${singleQuoted(alias)}`, `${name} is an alias for ${alias}`);
  if (shell.state.functions.has(name)) return say(name, `${name} is a function`);
  if (builtins.has(name)) {
    const kind = specialBuiltins.has(name) ? "special shell builtin" : "shell builtin";
    return say(name, `${name} is a ${kind}`);
  }
  if (typeof shell.findProgram(name) === "function") return say(name, `${name} is ${name}`);
  if (atLength) shell.print(`${name}: not found\n`);
  return false;
}

function trap(shell: Shell, words: readonly string[]): number {
  const { rest } = letters(words, "p");
  if (rest.length === 0) {
    for (const [signal, action] of shell.traps.list()) {
      const name = signal === 0 ? "EXIT" : shortSignalName(signal);
      shell.print(`trap -- ${singleQuoted(action)} ${name}\n`);
    }
    return 0;
  }
  const [first = ""] = rest;
  // Without an action, the signals are reset.
  const resets = first === "-" || rest.length === 1 || /^\d+$/.test(first);
  const signals = first === "-" || (rest.length > 1 && !/^\d+$/.test(first)) ? rest.slice(1) : rest;
  let code = 0;
  for (const name of signals) {
    const signal = trapNumber(name);
    if (signal === undefined) {
      shell.complain(`${name}: invalid signal specification`);
      code = 1;
    } else if (resets) shell.traps.reset(signal);
    else shell.traps.set(signal, first);
  }
  return code;
}

function trapNumber(name: string): number | undefined {
  if (name === "EXIT" || name === "0") return 0;
  if (/^[+-]/.test(name)) return undefined;
  const signal = parseSignal(name);
  return signal > 0 && signal < 65 ? signal : undefined;
}

async function wait(shell: Shell, words: readonly string[]): Promise<number> {
  const { given, rest } = letters(words, "n");
  const { jobs } = shell;
  if (rest.length === 0) {
    const started = jobs.list().filter((job) => !job.isDone).length;
    for (;;) {
      shell.recordEnds(undefined);
      const signal = shell.traps.pending;
      if (signal !== undefined) return 128 + signal;
      const running = jobs.list().filter((job) => !job.isDone);
      if (running.length === 0 || (given.has("n") && running.length < started)) break;
      await jobs.nextEnd();
    }
    const done = jobs.list().filter((job) => job.isDone);
    for (const job of done) job.waited = true;
    if (!given.has("n")) return 0;
    // BusyBox returns 129 for any other exit code.
    const code = done.at(0)?.code(false) ?? 127;
    return code === 0 || code === 127 ? code : 129;
  }
  let code = 0;
  for (const name of rest) {
    const job = name.startsWith("%") ? jobNamed(shell, name) : jobs.ofPid(wholeNumber(name));
    if (!job) {
      code = 127;
      continue;
    }
    while (!shell.recordEnds(job)) {
      const signal = shell.traps.pending;
      if (signal !== undefined) return 128 + signal;
      await jobs.nextEnd();
    }
    job.waited = true;
    code = job.code(false);
  }
  return code;
}

function jobNamed(shell: Shell, name: string) {
  const job = shell.jobs.named(name.startsWith("%") ? name : `%${name}`);
  if (!job) throw new ShellError(`${name}: no such job`);
  return job;
}

function resumeJob(shell: Shell, words: readonly string[]): number {
  const [, name] = words;
  if (name === undefined && shell.jobs.list().length === 0) throw new ShellError("No current job");
  const job = jobNamed(shell, name ?? "%%");
  throw new ShellError(`job ${job.number} not created under job control`);
}

function kill(shell: Shell, words: readonly string[]): number {
  const args = words.slice(1).map((word) => {
    if (!word.startsWith("%")) return word;
    const job = jobNamed(shell, word);
    return String(shell.interactive ? -(job.pids[0] as number) : job.lastPid);
  });
  // A process group is a negative number, which looks like a signal. So the signal is given explicitly.
  const given = words[1]?.startsWith("%") ? ["-15", ...args] : args;
  return runKill(shell.state.name, given, {
    kill: (pid, signal) => shell.process.kill(pid, signal),
    stdout: (text) => shell.print(text),
    stderr: (text) => shell.printError(text),
  });
}
