import {
  type Connection,
  FileError,
  type ProcessContext,
  type TerminalSettings,
  withoutLines,
} from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { connectTo, hostAddress } from "./host-address.js";
import { readPort } from "./service-port.js";
import { Negotiation, typed } from "./telnet-options.js";

const help = `telnet [-a] [-l USER] HOST [PORT]

Connect to telnet server

	-a	Automatic login with $USER envvar
	-l USER	Automatic login as USER`;

const telnetPort = "23";

/** `telnet HOST [PORT]`: sends what is typed to a server, and prints what comes back. */
export const telnet = applet(
  { help, options: { flags: "a", values: "l" } },
  async (process, { usage, given, operands }) => {
    const [host, port = telnetPort, ...more] = operands;
    if (host === undefined || more.length > 0) return usage(process);
    const user = given.get("l")?.at(-1) ?? (given.has("a") ? process.env.USER : undefined);
    const number = readPort(process, port);
    const connection = await connectTo(process, await hostAddress(process, host, number));
    return new Session(process, connection, user).run(host);
  },
);

/** The key that opens the menu: ctrl-]. */
const escapeKey = 0x1d;

const chunk = 512;

class Session {
  readonly #process: ProcessContext;
  readonly #connection: Connection;
  readonly #negotiation: Negotiation;
  /** What printf has not written yet: without a terminal it writes at the end. */
  #buffered = "";
  /** The settings of the terminal before. */
  #settings: TerminalSettings | undefined;
  #echoes = false;
  #inputIsOpen = true;
  /** Resolves when the user has chosen to leave, with the exit code. */
  readonly #left: Promise<number>;
  #leave: (code: number) => void = () => {};

  constructor(process: ProcessContext, connection: Connection, user: string | undefined) {
    this.#process = process;
    this.#connection = connection;
    const { TERM, COLUMNS, LINES } = process.env;
    const [columns, rows] = [Number(COLUMNS) || 80, Number(LINES) || 24];
    this.#negotiation = new Negotiation({ terminalType: TERM, user, columns, rows });
    this.#left = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  async run(host: string): Promise<number> {
    this.#print(`Connected to ${host}\n`);
    this.#process.onSignal("SIGINT", () => void this.#menu());
    void this.#sendInput();
    const code = await Promise.race([this.#showOutput(), this.#left]);
    this.#setRaw(false);
    this.#process.stdout(this.#buffered);
    return code;
  }

  #print(text: string): void {
    if (this.#process.descriptors.get(1)?.terminal) this.#process.stdout(text);
    else this.#buffered += text;
  }

  #setRaw(raw: boolean): void {
    const terminal = this.#process.descriptors.get(0)?.terminal;
    if (!terminal) return;
    this.#settings ??= terminal.settings;
    terminal.settings = raw ? withoutLines(this.#settings) : this.#settings;
  }

  async #sendInput(): Promise<void> {
    while (this.#inputIsOpen) {
      const data = await this.#read(chunk);
      if (!this.#inputIsOpen) return;
      if (!data) break;
      const at = data.indexOf(escapeKey);
      await this.#send(typed(at < 0 ? data : data.subarray(0, at)));
      if (at >= 0) await this.#menu();
    }
    this.#connection.end();
  }

  async #read(limit: number): Promise<Uint8Array | undefined> {
    const input = this.#process.descriptors.get(0);
    return input ? this.#process.read(input, limit) : undefined;
  }

  async #send(data: Uint8Array): Promise<void> {
    if (data.length === 0) return;
    try {
      await this.#connection.write(data);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#process.stdout("Error writing to foreign host\r\n");
      this.#inputIsOpen = false;
    }
  }

  /** Prints what the server sends, until it ends. */
  async #showOutput(): Promise<number> {
    for (;;) {
      const data = await this.#connection.read(2 * chunk).catch(() => undefined);
      if (!data) break;
      const { text, answer, echoes } = this.#negotiation.take(data);
      if (echoes !== undefined) this.#switchTo(echoes);
      this.#process.stdout(text);
      await this.#process.caughtUp();
      await this.#send(answer);
    }
    this.#process.stdout("EOF on read from foreign host\r\n");
    this.#inputIsOpen = false;
    this.#connection.close();
    return 0;
  }

  /** Where the server echoes, keys are sent one by one. */
  #switchTo(echoes: boolean): void {
    this.#echoes = echoes;
    const [mode, key] = echoes ? ["character", "]"] : ["line", "C"];
    this.#print(`\r\nEntering ${mode} mode\r\nEscape character is '^${key}'.\r\n`);
    this.#setRaw(echoes);
  }

  async #menu(): Promise<void> {
    const { stdout } = this.#process;
    this.#setRaw(true);
    stdout(
      "\r\nConsole escape. Commands are:\r\nl\tgo to line mode\r\nc\tgo to character mode\r\nz\tsuspend telnet\r\ne\texit\r\n",
    );
    const [key] = (await this.#read(1)) ?? [];
    const choice = key === undefined ? "e" : String.fromCharCode(key);
    if (choice === "e") this.#leave(1);
    else if ((choice === "l" && this.#echoes) || (choice === "c" && !this.#echoes)) {
      this.#switchTo(choice === "c");
      await this.#send(this.#negotiation.wish(choice === "c"));
    } else {
      stdout("continuing...\r\n");
      if (!this.#echoes) this.#setRaw(false);
    }
  }
}
