import type { ProcessContext } from "@dryharbor/kernel";
import { applet } from "./applet.js";
import { findProgram } from "./find-program.js";
import { openFile } from "./open.js";

const help = `env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]

Print current environment or run PROG after setting up environment

	-, -i	Start with empty environment
	-0	NUL terminated output
	-u NAME	Remove variable from environment`;

const options = {
  flags: "i0",
  values: "u",
  long: { "ignore-environment": "i", null: "0", unset: "u" },
  first: true,
};

const missing = "No such file or directory";

/** `env [NAME=VALUE]... [PROG ARGS]`: prints the environment, or runs a program in a changed one. */
export const env = applet({ help, options }, async (process, { name, given, operands }) => {
  const rest = [...operands];
  const empty = rest[0] === "-" ? rest.shift() === "-" : given.has("i");
  const variables = new Map(empty ? [] : Object.entries(process.env));
  for (const variable of given.get("u") ?? []) {
    // BusyBox calls putenv for both, so `-u A=B` sets the variable.
    if (variable.includes("=")) set(variables, variable);
    else variables.delete(variable);
  }
  while (rest[0]?.includes("=")) set(variables, rest.shift() as string);

  const [command, ...args] = rest;
  if (command === undefined) {
    const end = given.has("0") ? "\0" : "\n";
    process.stdout([...variables].map(([key, value]) => `${key}=${value}${end}`).join(""));
    return 0;
  }
  const path = variables.get("PATH") ?? "";
  const program = findProgram(process, command, { cwd: process.cwd, path });
  if (program) {
    return process.become(program, {
      argv: [command, ...args],
      env: Object.fromEntries(variables),
      cwd: process.cwd,
    });
  }
  const problem = problemOf(process, command);
  process.stderr(`${name}: can't execute '${command}': ${problem}\n`);
  return problem === missing ? 127 : 126;
});

function set(variables: Map<string, string>, assignment: string): void {
  const at = assignment.indexOf("=");
  variables.set(assignment.slice(0, at), assignment.slice(at + 1));
}

function problemOf(process: ProcessContext, command: string): string {
  const file = command.includes("/") ? openFile(process, command) : { problem: missing, opens: false };
  return "data" in file || file.opens ? "Permission denied" : file.problem;
}
