import { FileError, type FileStat, type Files, type ProcessContext } from "@dryharbor/kernel";
import { withoutTrailing } from "@dryharbor/kernel/patterns";
import { matches } from "../shell/pattern.js";
import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";

const help = `find [-HL] [PATH]... [OPTIONS] [ACTIONS]

Search for files and perform actions on them.
First failed action stops processing of current file.
Defaults: PATH is current directory, action is '-print'

	-L,-follow	Follow symlinks
	-H		...on command line only
	-xdev		Don't descend directories on other filesystems
	-maxdepth N	Descend at most N levels. -maxdepth 0 applies
			actions to command line arguments only
	-mindepth N	Don't act on first N levels
	-depth		Act on directory *after* traversing it

Actions:
	( ACTIONS )	Group actions for -o / -a
	! ACT		Invert ACT's success/failure
	ACT1 [-a] ACT2	If ACT1 fails, stop, else do ACT2
	ACT1 -o ACT2	If ACT1 succeeds, stop, else do ACT2
			Note: -a has higher priority than -o
	-name PATTERN	Match file name (w/o directory name) to PATTERN
	-iname PATTERN	Case insensitive -name
	-path PATTERN	Match path to PATTERN
	-ipath PATTERN	Case insensitive -path
	-regex PATTERN	Match path to regex PATTERN
	-type X		File type is X (one of: f,d,l,b,c,s,p)
	-executable	File is executable
	-perm MASK	At least one mask bit (+MASK), all bits (-MASK),
			or exactly MASK bits are set in file's mode
	-mtime DAYS	mtime is greater than (+N), less than (-N),
			or exactly N days in the past
	-atime DAYS	atime +N/-N/N days in the past
	-ctime DAYS	ctime +N/-N/N days in the past
	-mmin MINS	mtime is greater than (+N), less than (-N),
			or exactly N minutes in the past
	-amin MINS	atime +N/-N/N minutes in the past
	-cmin MINS	ctime +N/-N/N minutes in the past
	-newer FILE	mtime is more recent than FILE's
	-inum N		File has inode number N
	-samefile FILE	File is same as FILE
	-user NAME/ID	File is owned by given user
	-group NAME/ID	File is owned by given group
	-size N[bck]	File size is N (c:bytes,k:kbytes,b:512 bytes(def.))
			+/-N: file size is bigger/smaller than N
	-links N	Number of links is greater than (+N), less than (-N),
			or exactly N
	-empty		Match empty file/directory
	-prune		If current file is directory, don't descend into it
If none of the following actions is specified, -print is assumed
	-print		Print file name
	-print0		Print file name, NUL terminated
	-exec CMD ARG ;	Run CMD with all instances of {} replaced by
			file name. Fails if CMD exits with nonzero
	-exec CMD ARG + Run CMD with {} replaced by list of file names
	-ok CMD ARG ;   Prompt and run CMD with {} replaced
	-quit		Exit`;

/** The error of an invalid expression. The message is BusyBox's. */
class FindProblem extends Error {}

interface Found {
  readonly path: string;
  readonly stat: FileStat;
  prune: boolean;
}

type Test = (found: Found) => Promise<boolean> | boolean;

const types: Readonly<Record<string, FileStat["type"]>> = {
  f: "file",
  d: "directory",
  l: "symlink",
  c: "character device",
  b: "block device",
  p: "fifo",
  s: "socket",
};

/** `find [PATH]... [ACTIONS]`: searches directories for files and acts on them. */
export const find = applet({ help }, async (process, { name, operands }) => {
  const start = operands.findIndex((word) => /^[-(!]/.test(word));
  const paths = start < 0 ? operands : operands.slice(0, start);
  const expression = new Expression(process, start < 0 ? [] : operands.slice(start));
  let test: Test;
  try {
    test = expression.whole();
  } catch (error) {
    if (!(error instanceof FindProblem)) throw error;
    process.stderr(`${name}: ${error.message}\n`);
    return 1;
  }
  let code = 0;
  const { files } = process;
  const complain = (path: string, error: unknown): void => {
    if (!(error instanceof FileError)) throw error;
    process.stderr(`${name}: ${path}: ${error.message}\n`);
    code = 1;
  };
  const visit = async (path: string, depth: number): Promise<void> => {
    let stat: FileStat;
    try {
      stat = expression.follows ? files.stat(path) : files.lstat(path);
    } catch (error) {
      complain(path, error);
      return;
    }
    const found: Found = { path, stat, prune: false };
    const look = async (): Promise<void> => {
      if (depth >= expression.lowest) await test(found);
    };
    if (!expression.depthFirst) await look();
    if (stat.type === "directory" && depth < expression.deepest && !found.prune && !expression.done) {
      let entries: readonly string[] = [];
      try {
        entries = files.list(path);
      } catch (error) {
        complain(path, error);
      }
      for (const entry of entries) {
        if (expression.done) break;
        await visit(`${path.replace(/\/$/, "")}/${entry}`, depth + 1);
      }
    }
    if (expression.depthFirst) await look();
  };
  for (const path of paths.length > 0 ? paths : ["."]) await visit(path, 0);
  return code;
});

class Expression {
  deepest = Number.POSITIVE_INFINITY;
  lowest = 0;
  follows = false;
  depthFirst = false;
  done = false;
  #acts = false;
  #at = 0;
  readonly #process: ProcessContext;
  readonly #words: readonly string[];
  readonly #files: Files;

  constructor(process: ProcessContext, words: readonly string[]) {
    this.#process = process;
    this.#words = words;
    this.#files = process.files;
  }

  whole(): Test {
    const test = this.#words.length === 0 ? () => true : this.#or();
    if (this.#at < this.#words.length) throw new FindProblem(`unrecognized: ${this.#words[this.#at]}`);
    if (this.#acts) return test;
    return async (found) => {
      const holds = await test(found);
      if (holds) this.#process.stdout(`${found.path}\n`);
      return holds;
    };
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take("-o") || this.#take("-or")) {
      const [one, other] = [left, this.#and()];
      left = async (found) => (await one(found)) || (await other(found));
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      const explicit = this.#take("-a") || this.#take("-and");
      const next = this.#words[this.#at];
      if (!explicit && (next === undefined || next === ")" || next === "-o" || next === "-or")) return left;
      const [one, other] = [left, this.#not()];
      left = async (found) => (await one(found)) && (await other(found));
    }
  }

  #not(): Test {
    if (this.#take("!") || this.#take("-not")) {
      const test = this.#not();
      return async (found) => !(await test(found));
    }
    if (this.#take("(")) {
      const test = this.#or();
      if (!this.#take(")")) throw new FindProblem("unpaired '('");
      return test;
    }
    return this.#primary();
  }

  #primary(): Test {
    const word = this.#words[this.#at] ?? "";
    this.#at++;
    switch (word) {
      case "-name":
      case "-iname": {
        const pattern = this.#operand(word);
        const lower = word === "-iname";
        return ({ path }) => {
          const name = withoutTrailing(path, "/").split("/").at(-1) || "/";
          return lower ? matches(pattern.toLowerCase(), name.toLowerCase()) : matches(pattern, name);
        };
      }
      case "-path": {
        const pattern = this.#operand(word);
        return ({ path }) => matches(pattern, path);
      }
      case "-type": {
        const type = types[this.#operand(word)];
        return ({ stat }) => stat.type === type;
      }
      case "-maxdepth":
        this.deepest = Number(this.#operand(word));
        return () => true;
      case "-mindepth":
        this.lowest = Number(this.#operand(word));
        return () => true;
      case "-depth":
        this.depthFirst = true;
        return () => true;
      case "-follow":
      case "-L":
        this.follows = true;
        return () => true;
      case "-xdev":
      case "-H":
        return () => true;
      case "-empty":
        return ({ path, stat }) =>
          stat.type === "directory"
            ? this.#files.list(path).length === 0
            : stat.type === "file" && stat.size === 0;
      case "-size": {
        const match = /^([-+]?)(\d+)([bck]?)$/.exec(this.#operand(word));
        if (!match) throw new FindProblem("invalid number");
        const unit = match[3] === "c" ? 1 : match[3] === "k" ? 1024 : 512;
        return ({ stat }) => compared(match[1] as string, Math.ceil(stat.size / unit), Number(match[2]));
      }
      case "-perm": {
        const text = this.#operand(word);
        const mode = Number.parseInt(text.replace(/^[-+/]/, ""), 8);
        return ({ stat }) =>
          text.startsWith("-")
            ? (stat.mode & mode) === mode
            : /^[+/]/.test(text)
              ? (stat.mode & mode) !== 0
              : stat.mode === mode;
      }
      case "-newer": {
        const { mtime } = this.#files.stat(this.#operand(word));
        return ({ stat }) => stat.mtime > mtime;
      }
      case "-print":
      case "-print0":
        this.#acts = true;
        return ({ path }) => {
          this.#process.stdout(`${path}${word === "-print" ? "\n" : "\0"}`);
          return true;
        };
      case "-prune":
        return (found) => {
          found.prune = true;
          return true;
        };
      case "-quit":
        this.#acts = true;
        return () => {
          this.done = true;
          return true;
        };
      case "-delete":
        this.#acts = true;
        this.depthFirst = true;
        return ({ path }) => {
          this.#files.remove(path);
          return true;
        };
      case "-exec":
        return this.#exec();
      default:
        throw new FindProblem(`unrecognized: ${word}`);
    }
  }

  #exec(): Test {
    this.#acts = true;
    const words: string[] = [];
    for (;;) {
      const word = this.#words[this.#at++];
      if (word === undefined) throw new FindProblem("-exec requires an argument");
      if (word === ";" || (word === "+" && words.at(-1) === "{}")) break;
      words.push(word);
    }
    return async ({ path }) => {
      const [command = "", ...args] = words.map((word) => word.replaceAll("{}", path));
      const { env, cwd, descriptors } = this.#process;
      const program = findProgram(this.#process, command);
      if (!program) {
        this.#process.stderr(`find: ${command}: No such file or directory\n`);
        return false;
      }
      const { code } = await this.#process.start(program, { argv: [command, ...args], env, cwd, descriptors })
        .ended;
      return code === 0;
    };
  }

  #operand(word: string): string {
    const operand = this.#words[this.#at++];
    if (operand === undefined) throw new FindProblem(`${word} requires an argument`);
    return operand;
  }

  #take(text: string): boolean {
    if (this.#words[this.#at] !== text) return false;
    this.#at++;
    return true;
  }
}

function compared(sign: string, value: number, limit: number): boolean {
  return sign === "+" ? value > limit : sign === "-" ? value < limit : value === limit;
}
