// A simulator as the machine of a session. The simulator is known by its shape, so that this package needs none.

import type { Engine } from "@dryharbor/sdk/port";
import type { Outcome } from "../checks/state.js";
import type { Machine } from "./machine.js";

/** The parts of a simulator of `@dryharbor/simulator` that a session uses. `Program` is what its host runs. */
export interface SimulatorParts<Program> {
  readonly engine: Engine;
  readonly host: {
    /** Runs a line by a shell on the host. */
    run(
      command: string,
      options: {
        readonly programs?: Readonly<Record<string, Program>>;
        readonly cwd?: string;
        readonly terminal?: { readonly rows: number; readonly columns: number };
      },
    ): Promise<HostProcessParts>;
  };
  /** Returns the whole state. */
  snapshot(): object;
  /** Ends everything that runs. */
  close(): Promise<void>;
}

/** The parts of a process of its host. */
interface HostProcessParts extends AsyncIterable<{ readonly stream: string; readonly data: Uint8Array }> {
  readonly exitCode: Promise<number>;
  write(data: string): Promise<void>;
  end(): Promise<void>;
}

/**
 * Makes a machine of a simulator. Each line is run by a shell of its own on the simulated host.
 *
 * @param programs what the host has beside its own programs: `docker`
 *
 * @example
 * const open: OpenMachine = ({ release, snapshot }) => {
 *   const simulator = createSimulator(snapshot ? { snapshot: snapshot as Snapshot } : release ? { release } : {});
 *   return simulatorMachine(simulator, { docker: dockerProgram(simulator) });
 * };
 */
export function simulatorMachine<Program>(
  simulator: SimulatorParts<Program>,
  programs: Readonly<Record<string, Program>>,
): Machine {
  return {
    engine: simulator.engine,
    async run(command, typed, cwd) {
      const terminal = typed && { terminal: { rows: 24, columns: 80 } };
      const process = await simulator.host.run(command, { programs, ...(cwd && { cwd }), ...terminal });
      if (!typed) await process.end();
      return collected(process, typed ?? []);
    },
    snapshot: () => simulator.snapshot(),
    close: () => simulator.close(),
  };
}

/** Ctrl-C, as the last of the lines that were typed: the command was interrupted, and would not end without it. */
const interrupt = "\u0003";

/** How long a command that was interrupted goes on, in milliseconds. */
const moment = 1000;

/** Types the lines at the prompts that a process shows, one at each, and waits for its end. */
async function collected(process: HostProcessParts, typed: readonly string[]): Promise<Outcome> {
  const isInterrupted = typed.at(-1) === interrupt;
  const timer = isInterrupted
    ? setTimeout(() => process.write(interrupt).catch(() => {}), moment)
    : undefined;
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const shown = { stdout: "", stderr: "" };
  const left = isInterrupted ? typed.slice(0, -1) : [...typed];
  try {
    for await (const { stream, data } of process) {
      const name = stream === "stderr" ? "stderr" : "stdout";
      shown[name] += decoders[name].decode(data, { stream: true });
      const line = waitsForInput(shown.stdout) ? left.shift() : undefined;
      if (line !== undefined) await process.write(`${line}\r`);
    }
    const exitCode = await process.exitCode;
    return { exitCode, stdout: readable(shown.stdout), stderr: readable(shown.stderr) };
  } finally {
    clearTimeout(timer);
  }
}

/** A shell asks the terminal where its cursor is. */
const question = "\x1b[6n";

function waitsForInput(shown: string): boolean {
  return /[#$] $/.test(shown.replaceAll(question, ""));
}

/** The text as one sees it: without carriage returns, and without what a shell asks the terminal. */
function readable(shown: string): string {
  return shown.replaceAll(question, "").replaceAll("\r", "");
}
