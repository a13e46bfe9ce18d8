import { describe, expect, it } from "vitest";
import { openLive } from "../lab/engine.js";
import { cases } from "../lab/stops/cases.js";
import { expected, outcomeOf } from "../lab/stops/stop-case.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

/** The number of containers that are stopped at a time. */
const atATime = 6;
/** On a busy machine something may come too late, so a case that differs is asked again, with fewer beside it. */
const attempts = [atATime, 2, 1];

const pass = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

describe.concurrent.each(engines)("containers of %s that are stopped", (url) => {
  it(`end as told in ${cases.length} cases`, { timeout: 600_000 }, async () => {
    const { engine, release } = await openLive(url);
    let left = cases;
    let differing: Record<string, readonly string[]> = {};
    try {
      for (const workers of attempts) {
        const queue = [...left];
        differing = {};
        const work = async (): Promise<void> => {
          for (let each = queue.shift(); each; each = queue.shift()) {
            const outcome = await outcomeOf(engine, each, pass);
            if (JSON.stringify(outcome) !== JSON.stringify(expected(each, release))) {
              differing[each.name] = outcome;
            }
          }
        };
        await Promise.all(Array.from({ length: workers }, work));
        left = left.filter(({ name }) => name in differing);
        if (left.length === 0) break;
      }
    } finally {
      await engine.close();
    }
    expect(differing).toEqual({});
  });
});
