import { newTerminalSettings, type TerminalSettings, type TerminalSize } from "./settings.js";

const lineFeed = 10;
const carriageReturn = 13;
const tab = 9;

/** The outputs of a terminal's line discipline: what it does with the keys that are typed. */
interface TerminalEnds {
  /** Shows typed keys on the screen. */
  echo(data: Uint8Array): void;
  /** Passes input to the reader: a whole line, or without lines each piece as it is typed. */
  line(data: Uint8Array): void;
  /** Lets the reader see the end of the file. Ctrl-D on an empty line does it. */
  endOfFile(): void;
  /** Sends a signal to the foreground process group. */
  signal(number: number): void;
}

/** The signals of keys: SIGINT, SIGQUIT and SIGTSTP. */
const signals: readonly (readonly [key: string, signal: number])[] = [
  ["intr", 2],
  ["quit", 3],
  ["susp", 20],
];
const sizeChanged = 28;
/** The longest line in bytes. Further keys are discarded. */
const longestLine = 4095;

/**
 * A terminal. By its settings, lines can be edited, keys are echoed and send signals, and a reader gets a line
 * when it is complete.
 */
export class Terminal {
  #line: number[] = [];
  #settings = newTerminalSettings;
  #size: TerminalSize;
  /**
   * The process group that the signal keys go to. `undefined` means the group of the session's first process.
   */
  foreground: number | undefined;

  constructor(
    readonly ends: TerminalEnds,
    size: TerminalSize = { rows: 0, columns: 0 },
  ) {
    this.#size = size;
  }

  get settings(): TerminalSettings {
    return this.#settings;
  }
  set settings(settings: TerminalSettings) {
    this.#settings = settings;
    // The part of a line that has been typed becomes readable.
    if (!settings.flags.has("icanon") && this.#line.length > 0) this.#give();
  }

  get size(): TerminalSize {
    return this.#size;
  }
  set size(size: TerminalSize) {
    const isSame = size.rows === this.#size.rows && size.columns === this.#size.columns;
    this.#size = size;
    if (!isSame) this.ends.signal(sizeChanged);
  }

  /** Takes keys that the user typed, as bytes. */
  type(data: Uint8Array): void {
    const { flags, keys } = this.#settings;
    const hasLines = flags.has("icanon");
    let echoed: number[] = [];
    const read: number[] = [];
    const shown = (key: number): number[] => (flags.has("echoctl") ? visible(key) : [key]);
    const show = (): void => {
      if (echoed.length > 0 && flags.has("echo")) this.ends.echo(Uint8Array.from(echoed));
      echoed = [];
    };
    for (const typed of data) {
      const key = typed === carriageReturn && flags.has("icrnl") ? lineFeed : typed;
      const signal = flags.has("isig") && key !== 0 && signals.find(([name]) => keys[name] === key)?.[1];
      if (signal) {
        echoed.push(...shown(key));
        this.#line = [];
        show();
        this.ends.signal(signal);
      } else if (flags.has("ixon") && (key === keys.start || key === keys.stop)) {
        // They start and stop output, which nobody waits for here.
      } else if (!hasLines) {
        read.push(key);
        echoed.push(...(key === lineFeed ? [key] : shown(key)));
      } else if (key !== 0 && key === keys.eof) {
        show();
        if (this.#line.length === 0) this.ends.endOfFile();
        else this.#give();
      } else if (key !== 0 && (key === keys.erase || key === keys.kill)) {
        for (let left = key === keys.erase ? 1 : this.#line.length; left > 0; left--) {
          const erased = this.#line.pop();
          if (erased !== undefined) for (const _ of shown(erased)) echoed.push(8, 32, 8);
        }
      } else if (key === lineFeed) {
        this.#line.push(key);
        echoed.push(key);
        show();
        this.#give();
      } else if (this.#line.length < longestLine) {
        this.#line.push(key);
        echoed.push(...shown(key));
      }
    }
    show();
    if (read.length > 0) this.ends.line(Uint8Array.from(read));
  }

  /** Converts output as the terminal does: by its usual settings, each LF becomes CR LF. */
  output(data: Uint8Array): Uint8Array {
    const { flags } = this.#settings;
    return flags.has("opost") && flags.has("onlcr") ? withCarriageReturns(data) : data;
  }

  #give(): void {
    const line = Uint8Array.from(this.#line);
    this.#line = [];
    this.ends.line(line);
  }
}

/** Returns the bytes that show a key. A control key is shown as `^X`. */
function visible(key: number): number[] {
  return key < 32 && key !== tab ? [94, key + 64] : [key];
}

function withCarriageReturns(data: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === lineFeed) bytes.push(carriageReturn);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
