import { ShellError } from "./flow.js";
import { letters } from "./option-letters.js";
import type { Shell } from "./shell.js";

// The builtins for the limits and the resource use of a process: `umask`, `ulimit` and `times`.

/** `umask [-S] [MODE]`: prints or sets the permissions that new files do not get. */
export function umask(shell: Shell, words: readonly string[]): number {
  const { given, rest } = letters(words, "S");
  const { state } = shell;
  const [mode] = rest;
  if (mode === undefined) {
    shell.print(
      given.has("S") ? `${symbolic(state.umask)}\n` : `${state.umask.toString(8).padStart(4, "0")}\n`,
    );
    return 0;
  }
  if (/^\d/.test(mode)) {
    if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 0o777) {
      throw new ShellError(`illegal mode: ${mode}`);
    }
    state.umask = Number.parseInt(mode, 8);
    return 0;
  }
  let allowed = ~state.umask & 0o777;
  for (const clause of mode.split(",")) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!match) throw new ShellError(`illegal mode: ${mode}`);
    const [, who = "", operator, permissions = ""] = match;
    const bits = [..."rwx"].reduce((sum, each, at) => sum | (permissions.includes(each) ? 4 >> at : 0), 0);
    let mask = 0;
    let value = 0;
    for (const [at, each] of [..."ugo"].entries()) {
      if (who !== "" && !who.includes("a") && !who.includes(each)) continue;
      const shift = 6 - 3 * at;
      mask |= 7 << shift;
      value |= bits << shift;
    }
    if (operator === "+") allowed |= value;
    else if (operator === "-") allowed &= ~value;
    else allowed = (allowed & ~mask) | value;
  }
  state.umask = ~allowed & 0o777;
  return 0;
}

function symbolic(mask: number): string {
  const allowed = ~mask & 0o777;
  return [..."ugo"]
    .map((who, at) => {
      const bits = (allowed >> (6 - 3 * at)) & 7;
      return `${who}=${[..."rwx"].filter((_, bit) => (bits & (4 >> bit)) !== 0).join("")}`;
    })
    .join(",");
}

interface Limit {
  readonly letter: string;
  readonly title: string;
  readonly unit: string;
  /** How /proc/self/limits names it, behind `Max`. */
  readonly named: string;
  /** The number of /proc's units in one of the shell's. */
  readonly scale: number;
}

const limit = (letter: string, title: string, unit: string, named: string, scale = 1): Limit => ({
  ...{ letter, title, unit, named, scale },
});

const limits: readonly Limit[] = [
  limit("c", "core file size", "(blocks)", "core file size", 512),
  limit("d", "data seg size", "(kb)", "data size", 1024),
  limit("e", "scheduling priority", "", "nice priority"),
  limit("f", "file size", "(blocks)", "file size", 512),
  limit("i", "pending signals", "", "pending signals"),
  limit("l", "max locked memory", "(kb)", "locked memory", 1024),
  limit("m", "max memory size", "(kb)", "resident set", 1024),
  limit("n", "open files", "", "open files"),
  limit("q", "POSIX message queues", "(bytes)", "msgqueue size"),
  limit("r", "real-time priority", "", "realtime priority"),
  limit("s", "stack size", "(kb)", "stack size", 1024),
  limit("t", "cpu time", "(seconds)", "cpu time"),
  limit("u", "max user processes", "", "processes"),
  limit("v", "virtual memory", "(kb)", "address space", 1024),
  limit("x", "file locks", "", "file locks"),
];

/** Returns what the kernel says of a limit. Without /proc there is none. */
function kernelLimit({ process }: Shell, { named, scale }: Limit, which: "soft" | "hard"): string {
  const { files } = process;
  const text = files.exists(limitsFile) ? new TextDecoder().decode(files.read(limitsFile)) : "";
  const line = text.split("\n").find((each) => each.startsWith(`Max ${named} `)) ?? "";
  const [soft = "unlimited", hard = "unlimited"] = line.slice(26).split(/ +/);
  const value = which === "soft" ? soft : hard;
  return value === "unlimited" ? value : String(Math.floor(Number(value) / scale));
}

const limitsFile = "/proc/self/limits";

const set = new WeakMap<Shell, Map<string, string>>();

/** `ulimit [-HSa] [-LETTER [VALUE]]...`: prints or sets limits. They are never enforced. */
export function ulimit(shell: Shell, words: readonly string[]): number {
  const own = set.get(shell) ?? new Map<string, string>();
  set.set(shell, own);
  let which: "soft" | "hard" = "soft";
  const current = (limit: Limit): string => own.get(limit.letter) ?? kernelLimit(shell, limit, which);
  const rest = words.slice(1);
  let asked: Limit[] = [];
  let value: string | undefined;
  let all = false;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith("-")) {
      value = word;
      break;
    }
    for (const letter of word.slice(1)) {
      const limit = limits.find((each) => each.letter === letter);
      if (letter === "a") all = true;
      else if (limit) asked.push(limit);
      else if (letter === "H") which = "hard";
      else if (letter !== "S") {
        shell.printError(`ulimit: invalid option -- '${letter}'\n`);
        return 1;
      }
    }
  }
  if (all) {
    for (const limit of limits) {
      const head = `${limit.title}${limit.unit === "" ? "" : ` ${limit.unit}`}`;
      shell.print(`${head.padEnd(32)}(-${limit.letter}) ${current(limit)}\n`);
    }
    return 0;
  }
  if (asked.length === 0) asked = limits.filter(({ letter }) => letter === "f");
  for (const limit of asked) {
    if (value === undefined) shell.print(`${current(limit)}\n`);
    else if (/^(\d+|unlimited)$/.test(value)) own.set(limit.letter, value);
    else {
      shell.printError(`${shell.state.name}: invalid number '${value}'\n`);
      return 1;
    }
  }
  return 0;
}

/** `times`: prints the used processor time. It is always zero here. */
export function times(shell: Shell): number {
  shell.print("0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n");
  return 0;
}
