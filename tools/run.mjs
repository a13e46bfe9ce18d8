// Runs a TypeScript program on the packages' source, with no build: node run.mjs FILE [ARGUMENTS]
import { spawnSync } from "node:child_process";

const [file, ...rest] = process.argv.slice(2);
// `pnpm start -- --engine X` hands the `--` on, and the program wants only what follows it.
const args = rest[0] === "--" ? rest.slice(1) : rest;
const { status } = spawnSync(
  process.execPath,
  ["--conditions=@dryharbor/source", "--import", "tsx", file, ...args],
  { stdio: "inherit" },
);
process.exit(status ?? 1);
