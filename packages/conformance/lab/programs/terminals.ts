// Programs at a terminal: what they show at first, and after each key. `record-terminals.ts` asks a real engine,
// and a test plays the same on the simulator.
import type { Engine } from "@dryharbor/sdk/port";

/** A recording of programs at terminals. */
export interface TerminalRecording {
  readonly about: string;
  /** A script that runs before, without a terminal. */
  readonly before: string;
  /** What differs from run to run. A recording holds its output after these rules. */
  readonly chance: readonly ChanceRule[];
  readonly cases: readonly TerminalCase[];
}

/** A rule for output that differs from run to run. */
interface ChanceRule {
  readonly about: string;
  /** A regular expression. */
  readonly pattern: string;
  /** What stands in its place: the replacement of `String.replace`. */
  readonly shown: string;
}

/** A command line, run by an exec with a terminal. */
export interface TerminalCase {
  readonly argv: string[];
  /** Rows and columns. Default: a terminal that does not know them. */
  readonly size?: [number, number];
  /** What is typed, one after another, with one character for each byte. The last one ends the program. */
  readonly keys: string[];
  /** What is shown at first, and after each key; one character for each byte. */
  readonly shown?: string[];
  readonly code?: number;
}

/** Starts the container that the cases run in. */
export async function startTerminals(engine: Engine, { before }: TerminalRecording): Promise<string> {
  const { Id } = await engine.containers.create({
    Image: "busybox",
    Hostname: "myh",
    Cmd: ["sleep", "100000"],
  });
  await engine.containers.start(Id);
  const { Id: exec } = await engine.exec.create(Id, { Cmd: ["sh", "-c", before], AttachStdout: true });
  for await (const _ of await engine.exec.start(exec)) {
    // It is over when its output is.
  }
  return Id;
}

/** What a terminal has shown since the last key, and whether its program has ended. */
export interface Screen {
  shown(): string;
  isOver(): boolean;
}

/**
 * Runs a case and types its keys.
 *
 * @param settled resolves when everything is there that the terminal shows at a step: at first, and after each key
 */
export async function useTerminal(
  engine: Engine,
  container: string,
  { argv, size, keys }: TerminalCase,
  chance: readonly ChanceRule[],
  settled: (screen: Screen, step: number) => Promise<void>,
): Promise<TerminalCase> {
  const { Id } = await engine.exec.create(container, {
    Cmd: argv,
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await engine.exec.start(Id, { Tty: true, ...(size && { ConsoleSize: size }) });
  let output = "";
  let isOver = false;
  const reading = (async () => {
    for await (const { data } of stream) output += Buffer.from(data).toString("latin1");
    isOver = true;
  })();
  const screen: Screen = {
    shown: () =>
      chance.reduce((rest, { pattern, shown }) => rest.replace(new RegExp(pattern, "gm"), shown), output),
    isOver: () => isOver,
  };
  const shown: string[] = [];
  for (const [step, key] of [undefined, ...keys].entries()) {
    if (key !== undefined && !isOver) await stream.write(Uint8Array.from(Buffer.from(key, "latin1")));
    await settled(screen, step);
    shown.push(screen.shown());
    output = "";
  }
  await reading;
  const { ExitCode } = await engine.exec.inspect(Id);
  return { argv, ...(size && { size }), keys, shown, code: ExitCode ?? -1 };
}
