import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { compareDns } from "../lab/dns-bytes/compare.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");
const seed = process.env.DRYHARBOR_SEED ? Number(process.env.DRYHARBOR_SEED) : randomInt(1_000_000);
const queries = Number(process.env.DRYHARBOR_DNS_QUERIES ?? "300");

it(`the embedded DNS answers ${queries} messages byte for byte as ${engines.length} real engines, seed ${seed}`, {
  timeout: 300_000,
}, async () => {
  const runs = await Promise.all(
    engines.map((url) => compareDns({ url, queries, seed, enough: 5 }, (line) => console.log(line))),
  );
  expect(runs.reduce((sum, differences) => sum + differences, 0)).toBe(0);
});
