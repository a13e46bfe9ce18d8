import { describe, expect, it } from "vitest";
import { askSocket } from "../lab/builds/ask.js";
import { cases } from "../lab/builds/cases.js";
import { outcomeOf } from "../lab/builds/outcome.js";
import { recordedBuilds, recordedFor } from "../lab/builds/recorded.js";
import { drawn } from "../lab/drawn.js";
import { openLive } from "../lab/engine.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");
const recorded = await recordedBuilds();

describe.each(engines)("builds of %s", (url) => {
  const asked = drawn(cases, 6, engines.indexOf(url));

  it(`come out as recorded in ${asked.length} cases`, { timeout: 600_000 }, async () => {
    const { engine, release } = await openLive(url);
    await engine.close();
    const ask = askSocket(url.replace(/^unix:\/\//, ""));
    const differing: Record<string, readonly string[]> = {};
    for (const each of asked) {
      const outcome = await outcomeOf(ask, each);
      if (JSON.stringify(outcome) !== JSON.stringify(recordedFor(recorded, each.name, release))) {
        differing[each.name] = outcome;
      }
    }
    expect(differing).toEqual({});
  });
});
