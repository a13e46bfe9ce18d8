// The command of this package: `npx @dryharbor/conformance grade`. It reads the arguments and tells of errors in one line.
import { ConnectionError, EngineError, UsageError } from "@dryharbor/sdk/port";
import { gradeCommand } from "./grade.js";

const usage = `dryharbor-conformance: does an engine behave as Docker's?

  npx @dryharbor/conformance grade --engine unix:///var/run/docker.sock --as 28.5

  grade --help    show the options`;

async function main([command, ...rest]: readonly string[]): Promise<number> {
  if (command === "grade") return await gradeCommand(rest);
  if (command === undefined || command === "help" || command === "--help" || command === "-h") {
    console.log(usage);
    return command === undefined ? 2 : 0;
  }
  throw new UsageError(`unknown command "${command}": use grade`);
}

try {
  process.exitCode = await main(process.argv.slice(2).filter((argument) => argument !== "--"));
} catch (error) {
  const told = [UsageError, ConnectionError, EngineError];
  if (!(error instanceof Error) || !told.some((kind) => error instanceof kind)) throw error;
  console.error(`dryharbor-conformance: ${error.message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
