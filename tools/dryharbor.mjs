#!/usr/bin/env node
// The command `dryharbor` on the packages' source, with no build, for `pnpm dryharbor`.
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../packages/simulator/src/node/command/main.ts", import.meta.url));
process.argv.splice(2, 0, main);
await import("./run.mjs");
