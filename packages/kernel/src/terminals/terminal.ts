const lineFeed = 10;
const carriageReturn = 13;
const tab = 9;
const erase = 127;

/** The outputs of a terminal's line discipline: what it does with the keys that are typed. */
interface TerminalEnds {
  /** Shows typed keys on the screen. */
  echo(data: Uint8Array): void;
  /** Passes input to the reader: a whole line, or in raw mode each piece as it is typed. */
  line(data: Uint8Array): void;
  /** Lets the reader see the end of the file. Ctrl-D on an empty line does it. */
  endOfFile(): void;
  /** Sends a signal to the foreground process group. */
  signal(number: number): void;
}

/** Signals by the byte of their key: ctrl-C is SIGINT, ctrl-\ is SIGQUIT, ctrl-Z is SIGTSTP. */
const signals: Readonly<Record<number, number>> = { 3: 2, 28: 3, 26: 20 };
const endOfFile = 4;
const killLine = 21;
/** Ctrl-Q and ctrl-S, which start and stop output. They are discarded. */
const flowControl: ReadonlySet<number> = new Set([17, 19]);
/** The longest line in bytes. Further keys are discarded. */
const longestLine = 4095;

/**
 * The input side of a terminal with the settings that Linux gives a new one. Lines can be edited, keys are
 * echoed, and a reader gets a line when it is complete.
 */
export class Terminal {
  #line: number[] = [];
  #raw = false;
  /**
   * The process group that the signal keys go to. `undefined` means the group of the session's first process.
   */
  foreground: number | undefined;

  constructor(readonly ends: TerminalEnds) {}

  /**
   * Turns raw mode on or off. In raw mode the reader gets keys as they are typed: no lines, no echo, no
   * signals.
   */
  setRaw(raw: boolean): void {
    this.#raw = raw;
    // The part of a line that has been typed becomes readable.
    if (raw && this.#line.length > 0) this.#give();
  }

  /** Takes keys that the user typed, as bytes. */
  type(data: Uint8Array): void {
    if (this.#raw) {
      this.ends.line(data);
      return;
    }
    let echoed: number[] = [];
    const show = (): void => {
      if (echoed.length > 0) this.ends.echo(Uint8Array.from(echoed));
      echoed = [];
    };
    for (const typed of data) {
      const key = typed === carriageReturn ? lineFeed : typed;
      const signal = signals[key];
      if (signal !== undefined) {
        echoed.push(...shown(key));
        this.#line = [];
        show();
        this.ends.signal(signal);
      } else if (key === endOfFile) {
        show();
        if (this.#line.length === 0) this.ends.endOfFile();
        else this.#give();
      } else if (key === erase || key === killLine) {
        for (let left = key === erase ? 1 : this.#line.length; left > 0; left--) {
          const erased = this.#line.pop();
          if (erased !== undefined) for (const _ of shown(erased)) echoed.push(8, 32, 8);
        }
      } else if (key === lineFeed) {
        this.#line.push(key);
        echoed.push(key);
        show();
        this.#give();
      } else if (!flowControl.has(key) && this.#line.length < longestLine) {
        this.#line.push(key);
        echoed.push(...shown(key));
      }
    }
    show();
  }

  #give(): void {
    const line = Uint8Array.from(this.#line);
    this.#line = [];
    this.ends.line(line);
  }
}

/** Returns the bytes that echo a key. A control key is echoed as `^X`. */
function shown(key: number): number[] {
  return key < 32 && key !== tab ? [94, key + 64] : [key];
}

/** Converts output as a terminal does: each LF becomes CR LF. */
export function withCarriageReturns(data: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === lineFeed) bytes.push(carriageReturn);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
