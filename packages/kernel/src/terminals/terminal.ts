const lineFeed = 10;
const carriageReturn = 13;
const tab = 9;
const erase = 127;

/** What a terminal does with what is typed. */
export interface TerminalEnds {
  /** Shows what was typed. */
  echo(data: Uint8Array): void;
  /** Gives a line to whoever reads. */
  line(data: Uint8Array): void;
  /** Ctrl-D on an empty line: whoever reads sees the end of the file. */
  endOfFile(): void;
  signal(number: number): void;
}

/** Keys that are signals, by byte: ctrl-C, ctrl-\ and ctrl-Z. */
const signals: Readonly<Record<number, number>> = { 3: 2, 28: 3, 26: 20 };
const endOfFile = 4;
const killLine = 21;
/** Ctrl-Q and ctrl-S start and stop output: nobody sees them. */
const flowControl: ReadonlySet<number> = new Set([17, 19]);
/** A line can be no longer; further keys are lost. */
const longestLine = 4095;

/** The input side of a terminal as Linux sets one up: lines are edited, echoed, and read when they are whole. */
export class Terminal {
  #line: number[] = [];
  #raw = false;
  /** The process group that the keys for signals go to; `undefined`: that of its first process. */
  foreground: number | undefined;

  constructor(readonly ends: TerminalEnds) {}

  /** Whether keys go to whoever reads as they are typed: no lines, no echo, no signals. */
  setRaw(raw: boolean): void {
    this.#raw = raw;
    // What had been typed of a line is there to read.
    if (raw && this.#line.length > 0) this.#give();
  }

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

/** A key as it is echoed: control keys as `^X`. */
function shown(key: number): number[] {
  return key < 32 && key !== tab ? [94, key + 64] : [key];
}

/** What a terminal makes of output: its lines end in CR LF. */
export function withCarriageReturns(data: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === lineFeed) bytes.push(carriageReturn);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
