// Runs a TypeScript program on the packages' source, with no build: node run.mjs FILE [ARGUMENTS]
import { spawn } from "node:child_process";

const [file, ...rest] = process.argv.slice(2);
// `pnpm start -- --engine X` hands the `--` on, and the program wants only what follows it.
const args = rest[0] === "--" ? rest.slice(1) : rest;
const tsx = import.meta.resolve("tsx");
const program = spawn(process.execPath, ["--conditions=@dryharbor/source", "--import", tsx, file, ...args], {
  stdio: "inherit",
});
// Whoever ends this process means the program.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => program.kill(signal));
program.on("exit", (status) => process.exit(status ?? 1));
