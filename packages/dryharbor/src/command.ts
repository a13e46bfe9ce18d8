// The command `dryharbor`: finds what is asked for, and turns errors of use into one line and an exit code.
import { ConnectionError, EngineError, UsageError } from "@dryharbor/sdk/port";
import { releaseNames } from "@dryharbor/simulator";
import manifest from "../package.json" with { type: "json" };
import { crashed } from "./crash.js";

const usage = `dryharbor: a Docker host in memory

  dryharbor shell                                   a prompt on the host, with docker, files and curl
  dryharbor learn                                   Docker networks, learnt by doing at a prompt
  dryharbor serve --host unix:///tmp/docker.sock    serve its engine to any Docker client
  dryharbor control COMMAND                         reset, save, break and look at what is served
  dryharbor import --from compose.yaml -o FILE      make a state of a compose file or a real engine
  dryharbor replay requests.har --engine TARGET     send recorded requests again, and compare
  dryharbor COMMAND --help                          show the options of a command
  dryharbor --version                               show the version and the engine releases`;

/** The commands by name. Each is loaded when it is called, and resolves to its exit code. */
const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  control: async (args) => (await import("./control/control.js")).controlCommand(args),
  import: async (args) => (await import("./import/import.js")).importCommand(args),
  learn: async (args) => (await import("./learn/learn.js")).learnCommand(args),
  replay: async (args) => (await import("./replay/command.js")).replayCommand(args),
  serve: async (args) => (await import("@dryharbor/simulator/command")).serveCommand(args),
  shell: async (args) => (await import("./shell/shell.js")).shellCommand(args),
};

/**
 * Runs the command `dryharbor`.
 *
 * @param args its arguments, e.g. `["shell", "-c", "docker ps"]`
 * @returns the exit code: 2 for a mistake in the arguments, 70 for a fault of the program itself
 */
export async function dryharbor(args: readonly string[]): Promise<number> {
  try {
    return await called(args);
  } catch (error) {
    const [{ ListenError }, { Unreachable }] = await Promise.all([
      import("@dryharbor/simulator/node"),
      import("./control/unreachable.js"),
    ]);
    const told = [UsageError, ListenError, ConnectionError, EngineError, Unreachable];
    if (!(error instanceof Error) || !told.some((kind) => error instanceof kind)) return crashed(error);
    console.error(`dryharbor: ${error.message}`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function called([name, ...rest]: readonly string[]): Promise<number> {
  switch (name) {
    case undefined:
      throw new UsageError("no command was given: try dryharbor shell");
    case "help":
    case "--help":
    case "-h":
      console.log(usage);
      return 0;
    case "version":
    case "--version":
    case "-v":
      console.log(`dryharbor ${manifest.version}, plays Docker Engine ${releaseNames.join(", ")}`);
      return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return await command(rest);
  if (name.startsWith("-")) {
    throw new UsageError(`options come after the command, as in: dryharbor serve ${name}`);
  }
  const { suggestion } = await import("@dryharbor/simulator/command");
  throw new UsageError(
    `unknown command "${name}"${suggestion(name, [...Object.keys(commands), "help", "version"])}`,
  );
}
