import { FileError, type FileStat, type ProcessContext, type Program } from "@dryharbor/kernel";
import { MatchTooCostly } from "@dryharbor/kernel/patterns";
import { matches } from "../shell/pattern.js";
import { byteText } from "./byte-text.js";
import { BadExpression, regularExpression } from "./regular-expression.js";

/** The environment of a test: the files and descriptors that it examines. */
export interface TestWorld {
  /**
   * Returns the attributes of a file, or `undefined` when there is none.
   *
   * @param follow whether to follow a symbolic link
   */
  stat(path: string, follow: boolean): FileStat | undefined;
  /** Returns whether the user may do what is wanted with a file, as `permits` of the files. */
  permits(path: string, wanted: number): boolean;
  /** The user and the group of the process. */
  readonly uid: number;
  readonly gid: number;
  /** Returns whether a descriptor leads to a terminal. */
  isTerminal(descriptor: number): boolean;
}

/** The error of an invalid expression. The message is BusyBox's. */
class TestProblem extends Error {}

const unary = new Set([..."nzefdrwxshLpScbugktOG"].map((letter) => `-${letter}`));
const binary = new Set([
  "=",
  "==",
  "!=",
  "<",
  ">",
  "=~",
  "-eq",
  "-ne",
  "-lt",
  "-le",
  "-gt",
  "-ge",
  "-nt",
  "-ot",
  "-ef",
]);

/**
 * Evaluates a test. Returns its result, or an error message. The message is empty when BusyBox prints none.
 */
function evaluateTest(
  args: readonly string[],
  world: TestWorld,
  { patterns = false } = {},
): boolean | string {
  try {
    return new TestExpression(args, world, patterns).whole();
  } catch (error) {
    if (error instanceof TestProblem) return error.message;
    throw error;
  }
}

class TestExpression {
  #at = 0;

  constructor(
    readonly args: readonly string[],
    readonly world: TestWorld,
    /** Whether the right side of `==` and `!=` is a wildcard pattern, as between double brackets. */
    readonly patterns: boolean,
  ) {}

  whole(): boolean {
    const { args } = this;
    // POSIX decides by the number of arguments before any of them counts as an operator.
    const count = args.length;
    if (count === 0) return false;
    if (count === 1) return args[0] !== "";
    if (count === 2 && args[0] === "!") return args[1] === "";
    if (count === 3 && binary.has(args[1] as string)) return this.#compare(args[0]!, args[1]!, args[2]!);
    if (count === 4 && args[0] === "!" && binary.has(args[2] as string)) {
      return !this.#compare(args[1]!, args[2]!, args[3]!);
    }
    const value = this.#or();
    if (this.#at < count) throw new TestProblem(`${args[this.#at]}: unknown operand`);
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take("-o")) {
      const right = this.#and();
      value = value || right;
    }
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take("-a")) {
      const right = this.#not();
      value = value && right;
    }
    return value;
  }

  #not(): boolean {
    const isNegated = this.args[this.#at] === "!" && this.#at + 1 < this.args.length;
    if (!isNegated) return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const word = this.args[this.#at];
    if (word === undefined) throw new TestProblem("argument expected");
    const next = this.args[this.#at + 1];
    const third = this.args[this.#at + 2];
    if (next !== undefined && binary.has(next) && third !== undefined) {
      this.#at += 3;
      return this.#compare(word, next, third);
    }
    if (word === "(") {
      this.#at++;
      const value = this.#or();
      if (!this.#take(")")) throw new TestProblem("closing paren expected");
      return value;
    }
    if (unary.has(word) && next !== undefined) {
      this.#at += 2;
      return this.#examine(word, next);
    }
    if (next !== undefined && binary.has(next)) {
      throw new TestProblem(`${next}: argument expected`);
    }
    this.#at++;
    return word !== "";
  }

  #take(text: string): boolean {
    if (this.args[this.#at] !== text) return false;
    this.#at++;
    return true;
  }

  #examine(operator: string, operand: string): boolean {
    if (operator === "-n") return operand !== "";
    if (operator === "-z") return operand === "";
    if (operator === "-t") return this.world.isTerminal(Number(number(operand)));
    const wanted = accesses[operator];
    if (wanted !== undefined) return this.world.permits(operand, wanted);
    const file = this.world.stat(operand, operator !== "-L" && operator !== "-h");
    if (!file) return false;
    if (operator === "-O") return file.uid === this.world.uid;
    if (operator === "-G") return file.gid === this.world.gid;
    return (fileTests[operator] as (file: FileStat) => boolean)(file);
  }

  #compare(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case "=":
      case "==":
        return this.patterns ? matches(right, left) : left === right;
      case "!=":
        return this.patterns ? !matches(right, left) : left !== right;
      case "=~":
        return matchesExpression(right, left);
      case "<":
        return left < right;
      case ">":
        return left > right;
      case "-nt":
      case "-ot":
      case "-ef": {
        const one = this.world.stat(left, true);
        const other = this.world.stat(right, true);
        if (!one || !other) return false;
        if (operator === "-ef") return one.inode === other.inode;
        return operator === "-nt" ? one.mtime > other.mtime : one.mtime < other.mtime;
      }
      default:
        return numbers[operator]?.(number(left), number(right)) ?? false;
    }
  }
}

/** Evaluates `=~`. An invalid regular expression fails without a message. */
function matchesExpression(expression: string, text: string): boolean {
  try {
    return regularExpression(byteText(expression), { extended: true }).test(byteText(text));
  } catch (error) {
    if (error instanceof BadExpression) throw new TestProblem("");
    if (error instanceof MatchTooCostly) throw new TestProblem(error.message);
    throw error;
  }
}

const fileTests: Readonly<Record<string, (file: FileStat) => boolean>> = {
  "-e": () => true,
  "-f": ({ type }) => type === "file",
  "-d": ({ type }) => type === "directory",
  "-L": ({ type }) => type === "symlink",
  "-h": ({ type }) => type === "symlink",
  "-p": ({ type }) => type === "fifo",
  "-S": ({ type }) => type === "socket",
  "-c": ({ type }) => type === "character device",
  "-b": ({ type }) => type === "block device",
  "-s": ({ size }) => size > 0,
  "-u": ({ mode }) => (mode & 0o4000) !== 0,
  "-g": ({ mode }) => (mode & 0o2000) !== 0,
  "-k": ({ mode }) => (mode & 0o1000) !== 0,
};

/** The tests of what the user may do. */
const accesses: Readonly<Record<string, number>> = { "-r": 4, "-w": 2, "-x": 1 };

const numbers: Readonly<Record<string, (left: bigint, right: bigint) => boolean>> = {
  "-eq": (left, right) => left === right,
  "-ne": (left, right) => left !== right,
  "-lt": (left, right) => left < right,
  "-le": (left, right) => left <= right,
  "-gt": (left, right) => left > right,
  "-ge": (left, right) => left >= right,
};

function number(text: string): bigint {
  const match = /^\s*([+-]?\d+)\s*$/.exec(text);
  if (!match) throw new TestProblem(text === "" ? "bad number" : `${text}: bad number`);
  return BigInt(match[1] as string);
}

/** `test`, `[` and `[[`: evaluates an expression. The exit code is 0 when it holds. */
export const test: Program = async (process) => {
  const [command, ...args] = process.argv;
  return runTest(process, command.slice(command.lastIndexOf("/") + 1), args, testWorldOf(process));
};

/**
 * Runs `test`, for the program and for the builtin of the shell. Returns the exit code.
 *
 * @param name the name with which messages begin
 * @param as the name of the command, which decides whether a closing bracket is needed
 */
export function runTest(
  process: Pick<ProcessContext, "stderr">,
  name: string,
  args: readonly string[],
  world: TestWorld,
  as = name,
): number {
  const closing = as === "[" ? "]" : as === "[[" ? "]]" : undefined;
  if (closing !== undefined && args.at(-1) !== closing) {
    process.stderr(`${name}: missing ${closing}\n`);
    return 2;
  }
  const result = evaluateTest(closing === undefined ? args : args.slice(0, -1), world, {
    patterns: as === "[[",
  });
  if (typeof result === "boolean") return result ? 0 : 1;
  if (result !== "") process.stderr(`${name}: ${result}\n`);
  return 2;
}

/** Makes the environment of a test from a process. */
export function testWorldOf(process: ProcessContext, cwd = process.cwd): TestWorld {
  const files = process.files.with({ cwd });
  return {
    uid: process.uid,
    gid: process.gid,
    permits: (path, wanted) => files.permits(path, wanted),
    isTerminal: (descriptor) => process.descriptors.get(descriptor)?.terminal !== undefined,
    stat(path, follow) {
      try {
        return follow ? files.stat(path) : files.lstat(path);
      } catch (error) {
        if (error instanceof FileError) return undefined;
        throw error;
      }
    },
  };
}
