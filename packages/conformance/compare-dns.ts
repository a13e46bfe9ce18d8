// Compares the bytes of the embedded DNS with those of a real engine, by hand.
import { randomInt } from "node:crypto";
import { readArguments } from "./arguments.js";
import { compareDns } from "./lab/dns-bytes/compare.js";

const usage = `usage: compare-dns --engine URL [--engine URL …] [--queries N] [--seed N]

  Asks 127.0.0.11 in a container of each engine of tools/engine-lab N generated messages (default 2000), and the
  simulator of its release the same, and prints what differs.`;

const values = readArguments(usage, {
  engine: { type: "string", multiple: true, default: [] },
  queries: { type: "string", default: "2000" },
  seed: { type: "string" },
  enough: { type: "string", default: "20" },
});
if (values?.engine.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else if (values) {
  const seed = values.seed === undefined ? randomInt(1_000_000) : Number(values.seed);
  for (const url of values.engine) {
    const options = { url, queries: Number(values.queries), seed, enough: Number(values.enough) };
    if ((await compareDns(options, (line) => console.log(line))) > 0) process.exitCode = 1;
  }
}
