#!/usr/bin/env node
// Runs the command `dryharbor` from the packages' source, without a build. `pnpm dryharbor` calls it.
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../packages/dryharbor/src/main.ts", import.meta.url));
process.argv.splice(2, 0, main);
await import("./run.mjs");
