// redis-cli without a command: it performs the lines that it reads, with a prompt at a terminal.
import { type OpenFile, type ProcessContext, withoutLines } from "@dryharbor/kernel";
import { type ByteText, fromBytes, toBytes } from "../../../busybox/byte-text.js";
import { version } from "../engine/version.js";
import { splitWords } from "../protocol/words.js";
import { type Performer, sendsWithoutEnd } from "./commands.js";
import { hintFor } from "./hints.js";
import { LineEditor } from "./line-editor.js";
import { ServerClosed } from "./session.js";
import { syntaxLines } from "./syntax-lines.js";

const help = `redis-cli ${version}
To get help about Redis commands type:
      "help @<group>" to get a list of commands in <group>
      "help <command>" for help on <command>
      "help <tab>" to get a list of possible help topics
      "quit" to exit

To set redis-cli preferences:
      ":set hints" enable online hints
      ":set nohints" disable online hints
Set your preferences in ~/.redisclirc
`;

const reading = "\x1b[1;90mReading messages... (press Ctrl-C to quit or any key to type command)\r\x1b[0m";

/** The lines that redis-cli performs. */
export class Interactive {
  readonly #process: ProcessContext;
  readonly #performer: Performer;
  readonly #terminal: OpenFile | undefined;
  readonly #editor: LineEditor | undefined;
  #hasHints = true;
  /** Ends what waits for a message, at ctrl-C. */
  #interrupt: (() => void) | undefined;

  /** @param terminal the terminal that lines are typed at, if there is one */
  constructor(process: ProcessContext, performer: Performer, terminal: OpenFile | undefined) {
    this.#process = process;
    this.#performer = performer;
    this.#terminal = terminal;
    this.#editor =
      terminal && new LineEditor(process, terminal, (line) => (this.#hasHints ? hintFor(line) : undefined));
  }

  /** Performs lines until there are no more. Resolves to the exit code. */
  async run(): Promise<number> {
    const { session } = this.#performer;
    let end: (code: number) => void = () => {};
    const interrupted = new Promise<number>((resolve) => {
      end = resolve;
    });
    this.#process.onSignal("SIGINT", () => {
      if (this.#interrupt) this.#interrupt();
      else end(1);
    });
    await session.connect();
    return Promise.race([interrupted, this.#editor ? this.#atTerminal(this.#editor) : this.#fromInput()]);
  }

  async #atTerminal(editor: LineEditor): Promise<number> {
    for (;;) {
      const line = await editor.ask(this.#performer.session.prompt);
      if (line === undefined) return 0;
      if (line === "") continue;
      editor.remember(line);
      if (!(await this.#line(line))) return 0;
    }
  }

  async #fromInput(): Promise<number> {
    let text = "";
    for await (const data of this.#process.stdin) {
      const lines = (text + fromBytes(data)).split("\n");
      text = lines.pop() as string;
      for (const line of lines) if (line !== "" && !(await this.#line(line))) return 0;
    }
    if (text !== "") await this.#line(text);
    return 0;
  }

  #print(text: ByteText): void {
    this.#process.stdout(toBytes(text));
  }

  /** Performs a line. Returns false when it ends redis-cli. */
  async #line(line: ByteText): Promise<boolean> {
    const { session } = this.#performer;
    const words = splitWords(line);
    if (!words) {
      this.#print("Invalid argument(s)\n");
      return true;
    }
    const [word = "", ...rest] = words;
    const name = word.toLowerCase();
    if (name === "") return true;
    if (name === "quit" || name === "exit") return false;
    if (name === ":set") this.#setPreference(rest);
    else if (name === "clear" && rest.length === 0) this.#print("\x1b[H\x1b[2J");
    else if (name === "help" || name === "?") this.#help(rest);
    else if (name === "connect" && rest.length === 2) {
      session.host = rest[0] as ByteText;
      session.port = Number.parseInt(rest[1] as ByteText, 10) || 0;
      await session.connect();
    } else {
      const repeat = /^\d+$/.test(word) && rest.length > 0 ? Number(word) : 1;
      await this.#perform(repeat > 1 || /^\d+$/.test(word) ? rest : words, repeat);
    }
    return true;
  }

  #setPreference([name]: readonly ByteText[]): void {
    if (name === "hints") this.#hasHints = true;
    else if (name === "nohints") this.#hasHints = false;
    else this.#print(`unknown redis-cli preference '${name ?? ""}'\n`);
  }

  #help(topic: readonly ByteText[]): void {
    if (topic.length === 0) {
      this.#print(help);
      return;
    }
    const wanted = topic.join(" ").toLowerCase();
    for (const line of syntaxLines) {
      const [name = "", syntax = ""] = line.split(" | ");
      if (name !== wanted && !name.startsWith(`${wanted} `)) continue;
      this.#print(`\r\n  \x1b[1m${name.toUpperCase()}\x1b[0m \x1b[90m${syntax}\x1b[0m\r\n`);
    }
    this.#print("\r\n");
  }

  async #perform(words: readonly ByteText[], times: number): Promise<void> {
    const { session, output } = this.#performer;
    const began = this.#process.now();
    const outcome = await this.#performer.repeat(words, times, true);
    if (outcome === "no connection") return;
    if (outcome === "ok" && sendsWithoutEnd(words)) await this.#showMessages(words);
    else if (session.isSubscribed) await this.#showMessages(words);
    const seconds = Number(this.#process.now() - began) / 1e9;
    if (seconds >= 0.5 && output === "standard" && !sendsWithoutEnd(words))
      this.#print(`(${seconds.toFixed(2)}s)\n`);
  }

  /** Shows messages until somebody types, or presses ctrl-C. */
  async #showMessages(words: readonly ByteText[]): Promise<void> {
    const { session } = this.#performer;
    const isMonitor = /^monitor$/i.test(words[0] ?? "");
    const interrupted = new Promise<"interrupted">((resolve) => {
      this.#interrupt = () => resolve("interrupted");
    });
    const terminal = isMonitor ? undefined : this.#terminal;
    const control = terminal?.terminal;
    const settings = control?.settings;
    try {
      for (;;) {
        if (terminal) this.#print(reading);
        if (control && settings) control.settings = withoutLines(settings);
        const happening = await Promise.race([
          interrupted,
          session.readable().then(() => "message" as const),
          ...(terminal ? [terminal.readable().then(() => "key" as const)] : []),
          ...(this.#terminal ? [] : [this.#hasInput().then(() => "key" as const)]),
        ]);
        if (terminal) this.#print("\x1b[K");
        if (happening === "key") return;
        if (happening === "interrupted") break;
        this.#performer.print(await session.receive(), words);
      }
    } catch (error) {
      if (!(error instanceof ServerClosed)) throw error;
    } finally {
      if (control && settings) control.settings = settings;
      this.#interrupt = undefined;
    }
    await session.connect();
  }

  /** Without a terminal the next line is performed at once. */
  #hasInput(): Promise<void> {
    return Promise.resolve();
  }
}
