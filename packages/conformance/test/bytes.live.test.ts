import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { compareBytes } from "../lab/bytes/live.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");
const seed = process.env.DRYHARBOR_SEED ? Number(process.env.DRYHARBOR_SEED) : randomInt(1_000_000);
const requests = Number(process.env.DRYHARBOR_REQUESTS ?? "1000");

it(`the simulator answers as ${engines.length} real engines do, byte by byte, seed ${seed}`, {
  timeout: 900_000,
}, async () => {
  const runs = await Promise.all(
    engines.map((url) => compareBytes({ url, requests, seed, enough: 5 }, (line) => console.log(line))),
  );
  expect(runs.reduce((sum, differences) => sum + differences, 0)).toBe(0);
});
