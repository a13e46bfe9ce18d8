// The command `dryharbor-simulator`: reads the arguments, runs `serve`, and turns errors into one line and an exit code.
import { UsageError } from "@dryharbor/sdk/port";
import manifest from "../../../package.json" with { type: "json" };
import { releaseNames } from "../../core/releases/row.js";
import { ListenError } from "../listen/listen-error.js";
import { suggestion } from "./arguments.js";
import { serveCommand } from "./serve.js";

// The package `dryharbor` has the name `dryharbor`, and is often installed beside this one.
const name = "dryharbor-simulator";

const usage = `${name}: an in-memory Docker Engine

  ${name} serve --host unix:///tmp/docker.sock    serve the engine to any Docker client
  ${name} serve --help                            show the options of serve
  ${name} --version                               show the version and the engine releases`;

/** Runs the command. @returns the exit code */
async function main([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case "serve":
      return await serveCommand(rest, name);
    case undefined:
      throw new UsageError(`no command was given: try ${name} serve --host unix:///tmp/docker.sock`);
    case "help":
    case "--help":
    case "-h":
      console.log(usage);
      return 0;
    case "version":
    case "--version":
    case "-v":
      console.log(`${name} ${manifest.version}, plays Docker Engine ${releaseNames.join(", ")}`);
      return 0;
    default:
      throw new UsageError(
        command.startsWith("-")
          ? `options come after the command, as in: ${name} serve ${command}`
          : `unknown command "${command}"${suggestion(command, ["serve", "help", "version"])}`,
      );
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ListenError)) throw error;
  console.error(`${name}: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
