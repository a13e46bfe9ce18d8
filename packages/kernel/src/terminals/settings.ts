// The settings of a terminal, as termios has them and `stty` shows them.

/** The settings of a terminal. They are replaced and never changed. */
export interface TerminalSettings {
  /** The flags that are set, by their names in `stty`, for example `icanon`. */
  readonly flags: ReadonlySet<string>;
  /** The bytes of keys by their names in `stty`, for example 3 for `intr`. 0 is no key. */
  readonly keys: Readonly<Record<string, number>>;
  /** The least number of bytes that a read waits for, without lines. */
  readonly min: number;
  /** How long a read waits, without lines, in tenths of a second. */
  readonly time: number;
  /** The speeds in bits a second. A terminal without a line only shows them. */
  readonly inputSpeed: number;
  readonly outputSpeed: number;
  /** The number of the line discipline. */
  readonly line: number;
}

/** The rows and columns of a terminal. Both are 0 until somebody says how large it is. */
export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

/** The settings that Linux gives a new terminal. */
export const newTerminalSettings: TerminalSettings = {
  flags: new Set([
    ...["cs8", "cread", "icrnl", "ixon", "opost", "onlcr", "isig", "icanon", "iexten"],
    ...["echo", "echoe", "echok", "echoctl", "echoke"],
  ]),
  keys: {
    intr: 3,
    quit: 28,
    erase: 127,
    kill: 21,
    eof: 4,
    eol: 0,
    eol2: 0,
    swtch: 0,
    start: 17,
    stop: 19,
    susp: 26,
    rprnt: 18,
    werase: 23,
    lnext: 22,
    flush: 15,
  },
  min: 1,
  time: 0,
  inputSpeed: 38_400,
  outputSpeed: 38_400,
  line: 0,
};

/**
 * Returns settings by which a program gets keys as they are typed: without lines and echo, and with Enter as a
 * carriage return. With `signals`, keys such as ctrl-C send signals. By default they are read as any other key.
 */
export function withoutLines(
  settings: TerminalSettings,
  { signals = false }: { readonly signals?: boolean } = {},
): TerminalSettings {
  const flags = new Set(settings.flags);
  for (const flag of ["icanon", "echo", "icrnl", "ixon", ...(signals ? [] : ["isig"])]) flags.delete(flag);
  return { ...settings, flags };
}
