// `dryharbor shell`: a shell on the simulated Docker host, at this terminal or as a filter.
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { UsageError } from "@dryharbor/sdk/port";
import { type HostRunOptions, type PullPolicy, type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { openFolders, openSimulator, readArguments, readSeed } from "@dryharbor/simulator/command";
import { passStreams } from "./streams.js";
import { passTerminal, terminalSize } from "./terminal.js";

const usage = `dryharbor shell: a prompt on a Docker host in memory

  dryharbor shell
  dryharbor shell -c 'docker run --rm busybox echo hello'
  dryharbor shell < script.sh

  -c COMMANDS          run COMMANDS instead of asking for them
  --release RELEASE    the Docker to play: ${releaseNames.join(", ")} (default ${releaseNames.at(-1)})
  --pull POLICY        the images that a pull finds: any (every name, the default), listed
                       (busybox and alpine) or deny (none: the registry cannot be reached)
  --seed NUMBER        the seed of ids and generated names (default 1)
  --state FILE         keep the host in FILE and go on from it at the next start
  --mounts DIR         let the host have what lies in DIR of this machine, read and written
                       through; may be given several times
  -h, --help           show this help

The host has docker, BusyBox's programs and curl. Nothing that runs there runs on this machine. Its state is gone when
the shell ends, unless --state keeps it. Ends with the exit code of the last command.`;

const options = {
  command: { type: "string", short: "c" },
  release: { type: "string" },
  pull: { type: "string" },
  seed: { type: "string" },
  state: { type: "string" },
  mounts: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** Runs a shell until it ends. @returns its exit code */
export async function shellCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) {
    throw new UsageError(`shell takes options only, not "${positionals[0]}": see dryharbor shell --help`);
  }
  const folders = openFolders(values.mounts ?? []);
  const { simulator, close } = await openSimulator(values.state, {
    ...(values.release !== undefined && { release: values.release as ReleaseName }),
    ...(values.pull !== undefined && { pull: values.pull as PullPolicy }),
    ...(values.seed !== undefined && { seed: readSeed(values.seed) }),
    hostMounts: folders.drivers,
  });
  try {
    const { command } = values;
    const isAtTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
    const cwd = process.cwd();
    const run: HostRunOptions = {
      programs: { docker: dockerProgram(simulator) },
      // Whoever has lent the folder that they are in goes on there.
      ...(Object.keys(folders.drivers).some((path) => `${cwd}/`.startsWith(`${path}/`)) && { cwd }),
      ...(isAtTerminal && { terminal: terminalSize(), env: { TERM: process.env.TERM ?? "xterm" } }),
    };
    if (isAtTerminal && command === undefined) {
      console.log(
        `A Docker host in memory, with Docker ${simulator.release}. Nothing that you do here touches this machine.`,
      );
    }
    const shell = await simulator.host.run(command === undefined ? ["sh"] : command, run);
    return await (isAtTerminal ? passTerminal(shell) : passStreams(shell));
  } finally {
    await close();
    folders.close();
  }
}
