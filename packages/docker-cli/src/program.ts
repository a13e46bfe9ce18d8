// The entry `@dryharbor/docker-cli/program`: `docker` as a program of the kernel, so that a process of the simulated
// host, or of a container that has it, can be `docker`.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import { type TerminalSettings, withoutLines } from "@dryharbor/kernel";
import type { Engine } from "@dryharbor/sdk/port";
import { clientOf, type SimulatedEngine } from "./client.js";
import { completeDocker, type DockerCommandOptions, runDocker, versionOf } from "./docker-command.js";
import type { CommandIo, CommandTerminal } from "./io.js";

/**
 * The program `docker` of an engine. A simulator is asked at the API version that the command speaks. Files, time, signals and the terminal are those of its process.
 *
 * @example simulator.host.run(["docker", "ps"], { programs: { docker: dockerProgram(simulator) } });
 */
export function dockerProgram(
  asked: Engine | SimulatedEngine,
  { release, time }: DockerCommandOptions = {},
): Program {
  const engine = clientOf(asked, release);
  const ownRelease = async () => release ?? (await versionOf(engine));
  const program: Program = async (process) =>
    runDocker(engine, await ownRelease(), process.argv.slice(1), { ...ioOf(process), ...time });
  program.complete = async (words) => completeDocker(engine, await ownRelease(), words);
  return program;
}

/** The surroundings that a process gives a command. */
function ioOf(process: ProcessContext): CommandIo {
  const terminalOf = (descriptor: number) => process.descriptors.get(descriptor)?.terminal;
  const control = terminalOf(0) ?? terminalOf(1) ?? terminalOf(2);
  const listeners = new Map<string, Set<() => void>>();
  const onSignal: CommandIo["onSignal"] = (name, listener) => {
    let set = listeners.get(name);
    if (!set) {
      set = new Set();
      listeners.set(name, set);
    }
    if (set.size === 0) {
      process.onSignal(name, () => {
        for (const each of [...(listeners.get(name) ?? [])]) each();
      });
    }
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0) process.onSignal(name, "default");
    };
  };
  let cooked = control?.settings;
  const terminal: CommandTerminal | undefined = control && {
    size: () => control.size,
    onResize: (listener) => onSignal("SIGWINCH", listener),
    raw(on) {
      if (on) {
        cooked = control.settings;
        control.settings = raw(control.settings);
      } else if (cooked) control.settings = cooked;
    },
  };
  return {
    stdin: process.stdin,
    stdout: (data) => process.stdout(data),
    stderr: (data) => process.stderr(data),
    caughtUp: () => process.caughtUp(),
    isTerminal: {
      stdin: terminalOf(0) !== undefined,
      stdout: terminalOf(1) !== undefined,
      stderr: terminalOf(2) !== undefined,
    },
    terminal,
    env: process.env,
    cwd: process.cwd,
    files: process.files,
    onSignal,
    now: () => process.now(),
    sleep: (milliseconds) => process.sleep(milliseconds),
  };
}

/** Settings by which a terminal passes on keys and output as they are: what it shows is the other terminal's. */
function raw(settings: TerminalSettings): TerminalSettings {
  const { flags, ...rest } = withoutLines(settings);
  return { ...rest, flags: new Set([...flags].filter((flag) => flag !== "opost")) };
}
