// Reads the command line and configuration files of curl.
import type { ProcessContext } from "@dryharbor/kernel";
import type { Build } from "./build.js";
import { helpText } from "./help.js";
import { type Option, type OptionTable, optionTable } from "./option-table.js";
import type { Output } from "./output.js";
import { Inputs, ParameterError, unreadable } from "./parameters.js";
import { addUrl, refused, setters } from "./setters.js";
import { Settings, type SharedSettings } from "./settings.js";

/** What a command line asks for: transfers, or a text and nothing more. */
export type Call =
  | { readonly kind: "transfers"; readonly parts: readonly Settings[]; readonly shared: SharedSettings }
  | { readonly kind: "text"; readonly text: string };

/** A problem with the command line, with the option that it is about. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(
    message: string,
    readonly code: number,
  ) {
    super(message);
  }
}

/** Thrown by an option that shows a text: `-h` and `-V`. */
class Shown extends Error {}

/** Reads a command line. @throws {UsageError} */
export async function readCommandLine(process: ProcessContext, build: Build, output: Output): Promise<Call> {
  const reader = new CommandLine(process, build, output);
  const args = process.argv.slice(1);
  try {
    if (!/^(-q|--disable$)/.test(args[0] ?? "")) await reader.readDefaultFile();
    await reader.read(args);
  } catch (error) {
    if (error instanceof Shown) return { kind: "text", text: error.message };
    throw error;
  }
  return { kind: "transfers", parts: reader.parts, shared: reader.shared };
}

class CommandLine {
  readonly parts: Settings[] = [new Settings()];
  readonly shared: SharedSettings;
  readonly #process: ProcessContext;
  readonly #build: Build;
  readonly #table: OptionTable;
  readonly #inputs: Inputs;

  constructor(process: ProcessContext, build: Build, output: Output) {
    this.#process = process;
    this.#build = build;
    this.shared = output.shared;
    this.#table = optionTable(build);
    this.#inputs = new Inputs(process, build, output);
  }

  async readDefaultFile(): Promise<void> {
    const { env, files } = this.#process;
    const home = env.CURL_HOME ?? env.XDG_CONFIG_HOME ?? env.HOME;
    if (home && files.exists(`${home}/.curlrc`)) await this.#readFile(`${home}/.curlrc`);
  }

  /** @throws {UsageError} */
  async read(args: readonly string[]): Promise<void> {
    let isOptions = true;
    for (let at = 0; at < args.length; at++) {
      const word = args[at] as string;
      if (!isOptions || !word.startsWith("-") || word === "-") {
        await this.#take(word, () => this.#addUrl(word));
      } else if (word === "--") isOptions = false;
      else if (word.startsWith("--")) {
        const used = await this.#take(word, () => this.#long(word.slice(2), args[at + 1]));
        if (used) at++;
      } else if (await this.#take(word, () => this.#short(word, args[at + 1]))) at++;
    }
  }

  /** Does what an argument says, and names it in errors. */
  async #take<T>(word: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ParameterError)
        throw new UsageError(`option ${word}: ${error.message}`, error.code);
      throw error;
    }
  }

  get #current(): Settings {
    return this.parts.at(-1) as Settings;
  }

  async #addUrl(url: string): Promise<void> {
    if (url === "" && this.#build.since("8.10")) {
      throw new UsageError("option : blank argument where content is expected", 2);
    }
    addUrl(this.#current, url);
  }

  /** Reads a cluster of letters. Resolves to whether the next argument is the value of the last one. */
  async #short(word: string, next: string | undefined): Promise<boolean> {
    const letters = [...word.slice(1)];
    for (const [at, letter] of letters.entries()) {
      const option = this.#table.byLetter.get(letter);
      if (!option) throw new ParameterError("is unknown");
      if (option.kind !== "value" || option.name === "help") {
        await this.#set(option, option.name === "help" ? (next ?? "") : "", !option.name.startsWith("no-"));
        continue;
      }
      const rest = letters.slice(at + 1).join("");
      const value = rest === "" ? next : rest;
      if (value === undefined) throw new ParameterError("requires parameter");
      await this.#set(option, value, true);
      return rest === "";
    }
    return false;
  }

  /** Reads a long option. Resolves to whether the next argument is its value. */
  async #long(text: string, next: string | undefined): Promise<boolean> {
    const isReversed = text.startsWith("no-");
    const option = this.#find(isReversed ? text.slice(3) : text);
    if (isReversed && option.kind !== "flag") {
      if (this.#build.since("8.10")) {
        throw new ParameterError("the given option cannot be reversed with a --no- prefix");
      }
      if (option.kind === "value") throw new ParameterError("used '--no-' for option that isn't a boolean");
    }
    if (option.kind !== "value") {
      await this.#set(option, "", !isReversed);
      return false;
    }
    if (option.name !== "help" && next === undefined) throw new ParameterError("requires parameter");
    await this.#set(option, next ?? "", true);
    return true;
  }

  /** Finds an option by its name. Releases before 8.6 take the beginning of a name, too. */
  #find(name: string): Option {
    const option = this.#table.byName.get(name);
    if (option) return option;
    if (this.#build.since("8.6")) throw new ParameterError("is unknown");
    const found = [...this.#table.byName].filter(([each]) => each.startsWith(name));
    if (found.length > 1) throw new ParameterError("is ambiguous");
    if (!found[0]) throw new ParameterError("is unknown");
    return found[0][1];
  }

  async #set({ name: shownName }: Option, value: string, on: boolean): Promise<void> {
    const name = shownName.replace(/^no-/, "");
    if (name === "help")
      throw new Shown(helpText(this.#build, value === "" ? undefined : value, this.#columns));
    if (name === "version") throw new Shown(this.#build.text);
    if (name === "next") this.#next();
    else if (name === "config") await this.#readFile(value);
    else if (refused.has(name)) {
      const does = this.#build.since("8.10") ? "does not" : "doesn't";
      throw new ParameterError(`the installed libcurl version ${does} support this`);
    } else {
      const { shared } = this;
      await setters[name]?.({ settings: this.#current, shared, inputs: this.#inputs, value, on });
    }
  }

  #next(): void {
    if (this.#current.targets.every(({ url }) => url === undefined))
      throw new ParameterError("missing URL before --next");
    this.parts.push(new Settings());
  }

  get #columns(): number {
    const columns = Number(this.#process.env.COLUMNS);
    return columns > 20 && columns < 10_000 ? columns : 79;
  }

  /** Reads a configuration file: an option a line, with or without dashes, and its value behind `=`, `:` or blanks. */
  async #readFile(path: string): Promise<void> {
    const text = await this.#inputs.read(path);
    if (text === undefined) throw this.#unreadableFile(path);
    for (const [at, line] of text.split("\n").entries()) {
      const [, name = "", rest = ""] = /^\s*([^\s=:#]+)[\s=:]*(.*?)\r?$/.exec(line) ?? [];
      if (name === "") continue;
      const value = rest === "" || rest.startsWith("#") ? undefined : valueIn(rest);
      try {
        if (name.startsWith("-") && !name.startsWith("--")) await this.#short(name, value);
        else await this.#long(name.replace(/^--/, ""), value);
      } catch (error) {
        if (!(error instanceof ParameterError)) throw error;
        this.#inputs.warn(`${path}:${at + 1}: warning: '${name}' ${error.message}`);
        if (this.#build.since("8.10")) throw unreadable();
      }
    }
  }

  #unreadableFile(path: string): Error {
    if (!this.#build.since("7.82")) {
      this.#inputs.warn(`error trying read config from the '${path}' file`);
      return new UsageError("", 26);
    }
    this.#inputs.fail(`cannot read config from '${path}'`);
    return unreadable();
  }
}

/** Reads a value: words up to a blank, or a text in quotes with escapes. */
function valueIn(text: string): string {
  if (!text.startsWith('"')) return text.split(/\s/, 1)[0] as string;
  const [, quoted = ""] = /^"((?:\\.|[^"\\])*)/.exec(text) ?? [];
  const escapes: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", v: "\v" };
  return quoted.replace(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}
