import {
  FileError,
  newTerminalSettings,
  type ProcessContext,
  type TerminalControl,
  type TerminalSettings,
  type TerminalSize,
} from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { readNumber } from "./numbers.js";
import { screenSize } from "./screen.js";
import {
  accepted,
  characterSizes,
  combinations,
  decoded,
  delays,
  encoded,
  flagGroups,
  isFlag,
  isSpeed,
  saneSettings,
} from "./stty-modes.js";

const help = `stty [-a|g] [-F DEVICE] [SETTING]...

Without arguments, prints baud rate, line discipline,
and deviations from stty sane

	-F DEVICE	Open device instead of stdin
	-a		Print all current settings in human-readable form
	-g		Print in stty-readable form
	[SETTING]	See manpage`;

/** What a terminal shall become. */
interface State {
  readonly settings: TerminalSettings;
  readonly size: TerminalSize;
}

/** A mistake in the arguments. */
class BadArgument extends Error {}

/** `stty [-a] [SETTING]...`: prints or changes the settings of a terminal. */
export const stty = applet({ help }, async (process, { name, operands }) => {
  const args = [...operands];
  let device: string | undefined;
  const given = new Set<string>();
  // Options may stand anywhere, and settings look like them.
  for (let at = 0; at < args.length; ) {
    const argument = args[at] as string;
    if (argument === "-F") {
      [, device] = args.splice(at, 2);
    } else if (/^-F./.test(argument)) device = args.splice(at, 1)[0]?.slice(2);
    else if (argument === "-a" || argument === "-g") {
      given.add(argument);
      args.splice(at, 1);
    } else at++;
  }
  const refuse = (problem: string): number => {
    process.stderr(`${name}: ${problem}\n`);
    return 1;
  };
  if (given.size > 1) return refuse("-a and -g are mutually exclusive");
  if (given.size > 0 && args.length > 0) return refuse("modes may not be set when -a or -g is used");
  try {
    // All arguments are read before the terminal is looked at.
    changed({ settings: newTerminalSettings, size: { rows: 0, columns: 0 } }, args, () => {});
    const what = device ?? "standard input";
    const terminal = terminalAt(process, device);
    if (!terminal) return refuse(`${what}: Inappropriate ioctl for device`);
    const printer = new Printer(process, name);
    if (given.has("-g")) process.stdout(`${encoded(terminal.settings)}\n`);
    else if (args.length === 0) printer.printSettings(terminal, given.has("-a"));
    else {
      const before = terminal.settings;
      const { settings, size } = changed(terminal, args, (word) => printer.printWord(word, terminal));
      terminal.settings = accepted(settings);
      terminal.size = size;
      const [was, is, wanted] = [before, terminal.settings, settings].map(encoded);
      if (is !== wanted) {
        return refuse(
          `${what}: ${is === was ? "Invalid argument" : "cannot perform all requested operations"}`,
        );
      }
    }
    return 0;
  } catch (error) {
    if (error instanceof BadArgument) return refuse(error.message);
    throw error;
  }
});

/** @throws {BadArgument} The device cannot be opened. */
function terminalAt(process: ProcessContext, device: string | undefined): TerminalControl | undefined {
  if (device === undefined) return process.descriptors.get(0)?.terminal;
  try {
    return process.open(device).terminal;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new BadArgument(`can't open '${device}': ${error.message}`);
  }
}

/**
 * Returns what the arguments make of a terminal.
 *
 * @param print called for a word that asks for a line of output
 * @throws {BadArgument}
 */
function changed(before: State, args: readonly string[], print: (word: string) => void): State {
  let settings = before.settings;
  let size = before.size;
  const rest = [...args];
  const change = (some: Partial<TerminalSettings>): void => {
    settings = { ...settings, ...some };
  };
  const argumentOf = (word: string): string => {
    const value = rest.shift();
    if (value === undefined) throw new BadArgument(`${word} requires an argument`);
    return value;
  };
  const numberOf = (word: string, most = 2 ** 31 - 1): number => {
    const number = readNumber(argumentOf(word), 0, most);
    if (typeof number === "string") throw new BadArgument(number);
    return number;
  };
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const combination = combinations[word];
    if (word === "sane") settings = saneSettings(settings);
    else if (combination !== undefined) {
      change({ flags: withFlags(settings.flags, combination.split(" ")) });
      if (/^-?(raw|cooked)$/.test(word)) change({ min: 1, time: 0 });
      if (word === "dec") change({ keys: { ...settings.keys, intr: 3, erase: 127, kill: 21 } });
    } else if (word === "ek") {
      const { erase, kill } = newTerminalSettings.keys as { erase: number; kill: number };
      change({ keys: { ...settings.keys, erase, kill } });
    } else if (isFlag(word.replace(/^-/, "")) || characterSizes.includes(word)) {
      change({ flags: withFlags(settings.flags, [word]) });
    } else if (delays.includes(word)) {
      // Output is never delayed.
    } else if (word in settings.keys) {
      change({ keys: { ...settings.keys, [word]: keyOf(argumentOf(word)) } });
    } else if (word === "rows") size = { ...size, rows: numberOf(word) };
    else if (word === "cols" || word === "columns") size = { ...size, columns: numberOf(word) };
    else if (word === "min" || word === "time" || word === "line") change({ [word]: numberOf(word, 255) });
    else if (word === "ispeed") change({ inputSpeed: speedOf(argumentOf(word)) });
    else if (word === "ospeed") change({ outputSpeed: speedOf(argumentOf(word)) });
    else if (word === "size" || word === "speed") print(word);
    else {
      const saved = decoded(word, settings);
      if (saved) settings = saved;
      else if (word.startsWith("-")) throw new BadArgument(`invalid argument '${word}'`);
      else change({ inputSpeed: speedOf(word), outputSpeed: speedOf(word) });
    }
  }
  return { settings, size };
}

function speedOf(text: string): number {
  const speed = readNumber(text, 0, 2 ** 32 - 1);
  if (typeof speed === "string") throw new BadArgument(speed);
  if (!isSpeed(speed)) throw new BadArgument(`invalid argument '${text}'`);
  return speed;
}

function withFlags(before: ReadonlySet<string>, words: readonly string[]): ReadonlySet<string> {
  const flags = new Set(before);
  for (const word of words.filter(Boolean)) {
    if (word.startsWith("-")) flags.delete(word.slice(1));
    else {
      if (characterSizes.includes(word)) for (const size of characterSizes) flags.delete(size);
      flags.add(word);
    }
  }
  return flags;
}

/** Reads a key: a letter, `^C`, `^?`, `undef`, or the number of its byte. */
function keyOf(text: string): number {
  if (text.length <= 1) return text.charCodeAt(0) || 0;
  if (text === "^-" || text === "undef") return 0;
  if (text.startsWith("^")) return text[1] === "?" ? 127 : text.charCodeAt(1) & 0x1f;
  const number = readNumber(text, 0, 255);
  if (typeof number === "string") throw new BadArgument(number);
  return number;
}

function keyName(key: number | undefined): string {
  if (!key) return "<undef>";
  const meta = key >= 128 ? "M-" : "";
  const code = key % 128;
  if (code === 127) return `${meta}^?`;
  return meta + (code < 32 ? `^${String.fromCharCode(code + 64)}` : String.fromCharCode(code));
}

/** Prints settings in lines that fit on the screen. */
class Printer {
  readonly #process: ProcessContext;
  readonly #name: string;
  readonly #width: number;
  #line = "";

  constructor(process: ProcessContext, name: string) {
    this.#process = process;
    this.#name = name;
    this.#width = screenSize(process).columns;
  }

  printWord(word: string, { settings, size }: State): void {
    if (word === "speed") this.#process.stdout(`${this.#speeds(settings)}\n`);
    else if (size.rows === 0 && size.columns === 0) this.#process.stderr(`${this.#name}: standard input\n`);
    else this.#process.stdout(`${size.rows} ${size.columns}\n`);
  }

  printSettings({ settings, size }: State, all: boolean): void {
    const { inputSpeed, outputSpeed, line, keys, min, time } = settings;
    this.#put(
      inputSpeed === outputSpeed
        ? `speed ${outputSpeed} baud;`
        : `ispeed ${inputSpeed} baud; ospeed ${outputSpeed} baud;`,
    );
    if (all) {
      if (size.rows > 0 || size.columns > 0) this.#put(`rows ${size.rows}; columns ${size.columns};`);
      else {
        this.#process.stdout(this.#line);
        this.#process.stderr(`${this.#name}: standard input\n`);
        this.#line = "";
        this.#process.stdout(" ");
      }
    }
    this.#put(`line = ${line};`);
    this.#end();
    const order = "intr quit erase kill eof eol eol2 swtch start stop susp rprnt werase lnext flush";
    for (const name of order.split(" ")) this.#put(`${name} = ${keyName(keys[name])};`);
    this.#put(`min = ${min}; time = ${time};`);
    this.#end();
    for (const group of Object.values(flagGroups)) {
      for (const { name, sane } of group) {
        const isSet = settings.flags.has(name);
        const isSize = characterSizes.includes(name);
        const isShown = isSize ? all && isSet : all || (sane !== undefined && sane !== isSet);
        if (isShown) this.#put(isSet ? name : `-${name}`);
      }
      if (all && group === flagGroups.output) for (const delay of delays) this.#put(delay);
      this.#end();
    }
  }

  #speeds({ inputSpeed, outputSpeed }: TerminalSettings): string {
    return inputSpeed === outputSpeed ? String(outputSpeed) : `${inputSpeed} ${outputSpeed}`;
  }

  #put(text: string): void {
    if (this.#line !== "" && this.#line.length + 1 + text.length >= this.#width) this.#end();
    this.#line += (this.#line === "" ? "" : " ") + text;
  }

  #end(): void {
    if (this.#line !== "") this.#process.stdout(`${this.#line}\n`);
    this.#line = "";
  }
}
