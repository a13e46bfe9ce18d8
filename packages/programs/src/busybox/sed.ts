import { FileError, type ProcessContext } from "@dryharbor/kernel";
import { type AppletCall, applet } from "./applet.js";
import { type ByteText, byteText, fromBytes, toBytes } from "./byte-text.js";
import { inputFile, wholeFile } from "./input-file.js";
import { linesOf } from "./lines.js";
import { freeName } from "./mktemp.js";
import { writeFile } from "./output-file.js";
import { BadExpression } from "./regular-expression.js";
import { parseSed, type SedAddress, type SedCommand, SedProblem } from "./sed-script.js";

const help = `sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...
or: sed [-i[SFX]] [-nrE] CMD [FILE]...

	-e CMD	Add CMD to sed commands to be executed
	-f FILE	Add FILE contents to sed commands to be executed
	-i[SFX]	Edit files in-place (otherwise write to stdout)
		Optionally back files up, appending SFX
	-n	Suppress automatic printing of pattern space
	-r,-E	Use extended regex syntax

If no -e or -f, the first non-option argument is the sed command string.
Remaining arguments are input files (stdin if none).`;

/** `sed [-nrE] [-i[SFX]] CMD [FILE]...`: edits lines by a script. */
export const sed = applet(
  { help, options: { flags: "nrEsz", values: "ef", attached: "i" } },
  async (process, { name, given, operands, usage }) => {
    const files = [...operands];
    const scripts: string[] = [...(given.get("e") ?? [])];
    try {
      for (const path of given.get("f") ?? []) {
        scripts.push(fromBytes(await wholeFile(process, path)).replace(/\n$/, ""));
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr(`${name}: ${given.get("f")?.[0]}: ${error.message}\n`);
      return 1;
    }
    if (scripts.length === 0) {
      const script = files.shift();
      if (script === undefined) return usage(process);
      scripts.push(script);
    }
    let commands: SedCommand[];
    try {
      commands = parseSed(byteText(scripts.join("\n")), given.has("r") || given.has("E"));
    } catch (error) {
      if (!(error instanceof SedProblem || error instanceof BadExpression)) throw error;
      process.stderr(`${name}: ${error.message}\n`);
      return 1;
    }
    return new Editor(process, name, given, commands).run(files);
  },
);

/** The length from which searching a text takes so long that other processes run between two searches. */
const longText = 4096;

class Editor {
  readonly #process: ProcessContext;
  readonly #name: string;
  readonly #given: AppletCall["given"];
  readonly #commands: readonly SedCommand[];
  #output: (text: ByteText) => void;
  #pattern = "";
  #ended = true;
  #hold = "";
  #number = 0;
  #isLast = false;
  #substituted = false;
  #appended: ByteText[] = [];
  #lines: AsyncIterator<{ text: ByteText; ended: boolean }> | undefined;
  #next: { text: ByteText; ended: boolean } | undefined;
  #code = 0;
  /** Whether the last line that was written has no newline yet. */
  #open = false;
  readonly #ranges = new Map<SedCommand, number>();
  readonly #written = new Map<string, ByteText>();

  constructor(
    process: ProcessContext,
    name: string,
    given: AppletCall["given"],
    commands: readonly SedCommand[],
  ) {
    this.#process = process;
    this.#name = name;
    this.#given = given;
    this.#commands = commands;
    this.#output = (text) => process.stdout(toBytes(text));
  }

  async run(paths: readonly string[]): Promise<number> {
    if (this.#given.has("i")) {
      for (const path of paths) await this.#editInPlace(path, this.#given.get("i")?.at(-1) ?? "");
    } else await this.#edit(this.#linesOf(paths.length > 0 ? paths : ["-"]));
    for (const [path, text] of this.#written) writeFile(this.#process, this.#name, path, toBytes(text));
    return this.#code;
  }

  async *#linesOf(paths: readonly string[]): AsyncGenerator<{ text: ByteText; ended: boolean }> {
    for (const path of paths) {
      try {
        yield* linesOf(inputFile(this.#process, path), this.#given.has("z") ? "\0" : "\n");
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#process.stderr(`${this.#name}: ${path}: ${error.message}\n`);
        this.#code = 1;
      }
    }
  }

  async #editInPlace(path: string, suffix: string): Promise<void> {
    try {
      await wholeFile(this.#process, path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stderr(`${this.#name}: ${path}: ${error.message}\n`);
      this.#code = 1;
      return;
    }
    let result = "";
    const { stdout } = this.#process;
    this.#output = (text) => {
      result += text;
    };
    this.#number = 0;
    await this.#edit(this.#linesOf([path]));
    this.#output = (text) => stdout(toBytes(text));
    this.#replace(path, suffix, toBytes(result));
  }

  /** Puts a new file in the place of one, which keeps the name with the suffix, if there is one. */
  #replace(path: string, suffix: string, content: Uint8Array): void {
    const { files } = this.#process;
    const { mode, uid, gid } = files.stat(path);
    const made = freeName(path, this.#process.now(), (each) => files.exists(each));
    if (writeFile(this.#process, this.#name, made, content) !== 0) {
      this.#code = 1;
      return;
    }
    files.chmod(made, mode);
    files.chown(made, uid, gid);
    const moves =
      suffix === ""
        ? [[made, path]]
        : [
            [path, `${path}${suffix}`],
            [made, path],
          ];
    for (const [from = "", to = ""] of moves) {
      try {
        files.rename(from, to);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        files.unlink(made);
        this.#process.stderr(`${this.#name}: can't move '${from}' to '${to}': ${error.message}\n`);
        this.#code = 1;
        return;
      }
    }
  }

  async #edit(lines: AsyncGenerator<{ text: ByteText; ended: boolean }>): Promise<void> {
    this.#lines = lines;
    this.#open = false;
    this.#next = await this.#fetch();
    while (await this.#advance()) {
      const more = await this.#cycle();
      if (!more) break;
      await this.#process.caughtUp();
    }
    await lines.return(undefined);
  }

  async #fetch(): Promise<{ text: ByteText; ended: boolean } | undefined> {
    const result = await this.#lines?.next();
    return result?.done ? undefined : result?.value;
  }

  /** Reads the next line into the pattern space. Returns whether there is one. */
  async #advance(): Promise<boolean> {
    const line = this.#next;
    if (!line) return false;
    this.#next = await this.#fetch();
    this.#number++;
    this.#pattern = line.text;
    this.#ended = line.ended;
    this.#isLast = this.#next === undefined;
    return true;
  }

  #put(text: ByteText, ended = true): void {
    if (this.#open) this.#output("\n");
    this.#open = !ended;
    this.#output(`${text}${ended ? (this.#given.has("z") ? "\0" : "\n") : ""}`);
  }

  #endCycle(): void {
    if (!this.#given.has("n")) this.#put(this.#pattern, this.#ended);
    for (const text of this.#appended) {
      if (this.#open) {
        this.#output("\n");
        this.#open = false;
      }
      this.#output(text);
    }
    this.#appended = [];
  }

  /** Applies all commands to one line. Returns whether to go on with the next line. */
  async #cycle(): Promise<boolean> {
    this.#substituted = false;
    for (;;) {
      const end = await this.#commandsOnce();
      if (end === "restart") continue;
      if (end === "quit silently") return false;
      if (end !== "deleted") this.#endCycle();
      else {
        for (const text of this.#appended) this.#output(text);
        this.#appended = [];
      }
      return end !== "quit";
    }
  }

  async #commandsOnce(): Promise<"end" | "deleted" | "quit" | "quit silently" | "restart"> {
    for (let at = 0; at < this.#commands.length; at++) {
      const command = this.#commands[at] as SedCommand;
      if (!this.#applies(command)) {
        if (command.name === "{") at = command.end;
        continue;
      }
      switch (command.name) {
        case "{":
        case "}":
        case ":":
        case "#":
        case "l":
          break;
        case "=":
          this.#output(`${this.#number}\n`);
          break;
        case "a":
          this.#appended.push(`${command.text}\n`);
          break;
        case "i":
          this.#output(`${command.text}\n`);
          break;
        case "c":
          if (!command.to || this.#isRangeEnd(command)) this.#put(command.text);
          return "deleted";
        case "d":
          return "deleted";
        case "D": {
          const end = this.#pattern.indexOf("\n");
          if (end < 0) return "deleted";
          this.#pattern = this.#pattern.slice(end + 1);
          return "restart";
        }
        case "p":
          this.#put(this.#pattern);
          break;
        case "P":
          this.#put(this.#pattern.split("\n", 1)[0] as string);
          break;
        case "n":
          if (!this.#next) return this.#given.has("n") ? "quit silently" : "quit";
          this.#endCycle();
          await this.#advance();
          break;
        case "N": {
          if (!this.#next) return "quit";
          const before = this.#pattern;
          await this.#advance();
          this.#pattern = `${before}\n${this.#pattern}`;
          break;
        }
        case "g":
          this.#pattern = this.#hold;
          break;
        case "G":
          this.#pattern += `\n${this.#hold}`;
          break;
        case "h":
          this.#hold = this.#pattern;
          break;
        case "H":
          this.#hold += `\n${this.#pattern}`;
          break;
        case "x":
          [this.#pattern, this.#hold] = [this.#hold, this.#pattern];
          break;
        case "q":
          this.#code = command.number;
          return "quit";
        case "Q":
          this.#code = command.number;
          return "quit silently";
        case "r":
          this.#appended.push(await this.#contentOf(command.text));
          break;
        case "w":
          this.#writeTo(command.text, `${this.#pattern}\n`);
          break;
        case "y":
          this.#pattern = [...this.#pattern].map((letter) => command.letters.get(letter) ?? letter).join("");
          break;
        case "s":
          await this.#substitute(command);
          break;
        case "b":
        case "t":
        case "T": {
          const jumps = command.name === "b" || this.#substituted === (command.name === "t");
          if (command.name !== "b") this.#substituted = false;
          if (jumps) at = command.end;
          break;
        }
      }
    }
    return "end";
  }

  #isRangeEnd(command: SedCommand): boolean {
    return !this.#ranges.has(command);
  }

  async #contentOf(path: string): Promise<ByteText> {
    try {
      return fromBytes(await wholeFile(this.#process, path));
    } catch (error) {
      if (error instanceof FileError) return "";
      throw error;
    }
  }

  #writeTo(path: string, text: ByteText): void {
    if (path === "/dev/stdout") this.#output(text);
    else if (path === "/dev/stderr") this.#process.stderr(toBytes(text));
    else this.#written.set(path, (this.#written.get(path) ?? "") + text);
  }

  async #substitute({ expression, replacement, flags, text }: SedCommand & { name: "s" }): Promise<void> {
    const wanted = Math.max(1, flags.number);
    let result = "";
    let at = 0;
    let count = 0;
    let done = false;
    while (at <= this.#pattern.length) {
      // The search does not see the text before `at`. So `\<` matches at the beginning of the rest, even
      // within a word.
      const match = expression.find(this.#pattern.slice(at), 0, at > 0);
      if (!match) break;
      const [whole] = match.groups;
      count++;
      result += this.#pattern.slice(at, at + match.index);
      if (count >= wanted) {
        result += replacement(match);
        done = true;
      } else result += whole;
      at += match.index + whole.length;
      if (whole === "") {
        result += this.#pattern.slice(at, at + 1);
        at++;
      } else if (count >= wanted && flags.all) {
        // An empty match, as of `x*`, does not count at the place where a match has just ended.
        const again = expression.find(this.#pattern.slice(at), 0, true);
        if (again && again.index === 0 && again.groups[0] === "") {
          result += this.#pattern.slice(at, at + 1);
          at++;
        }
      }
      if (done && !flags.all) break;
      // Each search may read the text to its end, so other processes get a turn.
      if (this.#pattern.length - at > longText) await this.#process.caughtUp();
    }
    if (!done) return;
    this.#pattern = result + this.#pattern.slice(at);
    this.#substituted = true;
    if (flags.print) this.#put(this.#pattern);
    if (text !== "") this.#writeTo(text, `${this.#pattern}\n`);
  }

  #applies(command: SedCommand): boolean {
    const { from, to, negated } = command;
    return this.#selects(command, from, to) !== negated;
  }

  #selects(command: SedCommand, from: SedAddress | undefined, to: SedAddress | undefined): boolean {
    if (!from) return true;
    if (!to) return this.#at(from);
    const end = this.#ranges.get(command);
    if (end === undefined) {
      if (!this.#at(from)) return false;
      const last =
        to.kind === "line"
          ? to.number
          : to.kind === "offset"
            ? this.#number + to.number
            : Number.POSITIVE_INFINITY;
      if (last > this.#number && !(to.kind === "last" && this.#isLast)) this.#ranges.set(command, last);
      return true;
    }
    if (to.kind === "line" && this.#number > to.number) {
      this.#ranges.delete(command);
      return this.#at(from);
    }
    if (this.#number >= end || ((to.kind === "pattern" || to.kind === "last") && this.#at(to))) {
      this.#ranges.delete(command);
    }
    return true;
  }

  #at(address: SedAddress): boolean {
    switch (address.kind) {
      case "line":
        return this.#number === address.number;
      case "offset":
        return false;
      case "last":
        return this.#isLast;
      case "pattern":
        return address.expression.test(this.#pattern);
    }
  }
}
