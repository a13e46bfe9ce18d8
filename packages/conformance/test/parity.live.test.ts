import { randomInt } from "node:crypto";
import { expect, it } from "vitest";
import { runLive } from "../lab/live.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");
// CI sets the seed from the commit, so each change runs new commands and a run of CI can be repeated.
const seed = process.env.DRYHARBOR_SEED ? Number(process.env.DRYHARBOR_SEED) : randomInt(1_000_000);

it(`the simulator does as ${engines.length} real engines do, seed ${seed}`, {
  timeout: 900_000,
}, async () => {
  const disagreements = await runLive(
    { engines, commands: 300, seed, shrinkSeconds: 30, enough: 3, record: false },
    (line) => console.log(line),
  );
  expect(disagreements).toBe(0);
});
