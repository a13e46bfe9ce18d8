// dryharbor: the simulator as a command.
import { UsageError } from "@dryharbor/sdk/port";
import manifest from "../../../package.json" with { type: "json" };
import { releaseNames } from "../../core/releases/row.js";
import { ListenError } from "../listen/listen-error.js";
import { suggestion } from "./arguments.js";
import { serveCommand } from "./serve.js";

const usage = `dryharbor: an in-memory Docker Engine

  dryharbor serve --host unix:///tmp/docker.sock    serves it to any Docker client
  dryharbor serve --help                            tells more
  dryharbor --version                               which one this is`;

/** @returns the exit code */
async function main([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case "serve":
      return await serveCommand(rest);
    case undefined:
      throw new UsageError("say what to do, as in: dryharbor serve --host unix:///tmp/docker.sock");
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
    default:
      throw new UsageError(
        command.startsWith("-")
          ? `options come after the command, as in: dryharbor serve ${command}`
          : `there is no command "${command}"${suggestion(command, ["serve", "help", "version"])}`,
      );
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ListenError)) throw error;
  console.error(`dryharbor: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
