// Runs a TypeScript program against the packages' source, without a build: node run.mjs FILE [ARGUMENTS]
import { spawn } from "node:child_process";

const [file, ...rest] = process.argv.slice(2);
// `pnpm start -- --engine X` passes the `--` on, which the program does not expect.
const args = rest[0] === "--" ? rest.slice(1) : rest;
const tsx = import.meta.resolve("tsx");
const program = spawn(process.execPath, ["--conditions=@dryharbor/source", "--import", tsx, file, ...args], {
  stdio: "inherit",
});
// A signal to this process is meant for the program.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => program.kill(signal));
program.on("exit", (status) => process.exit(status ?? 1));
