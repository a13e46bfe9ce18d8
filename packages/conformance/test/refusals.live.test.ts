import { expect, it } from "vitest";
import { overSocket } from "../lab/bytes/socket.js";
import { openLive } from "../lab/engine.js";
import { refusals } from "../lab/refusals/index.js";
import { outcomes, said } from "../lab/refusals/refusal.js";
import { empty, refuseUnlessFit } from "../src/run/empty.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

it.concurrent.each(engines)("%s refuses in these words", async (url) => {
  const { engine, release } = await openLive(url);
  await refuseUnlessFit(engine);
  const asked = refusals.filter((refusal) => !refusal.seldom && said(refusal, release) !== null);
  try {
    const answers = await outcomes(overSocket(url.replace(/^unix:\/\//, "")), asked);
    expect(answers).toEqual(asked.map((refusal) => said(refusal, release)));
  } finally {
    await empty(engine);
    await engine.close();
  }
});
