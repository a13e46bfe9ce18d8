import { describe, expect, it } from "vitest";
import { drawn } from "../lab/drawn.js";
import { openLive } from "../lab/engine.js";
import { cases } from "../lab/stops/cases.js";
import { expected, outcomeOf } from "../lab/stops/stop-case.js";

const engines = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter((url) => url !== "");

/**
 * The number of containers of an engine that are stopped at a time. On a busy machine something may come too late, so
 * a case that differs or cannot be played is asked again, with fewer beside it.
 */
const attempts = [4, 2, 1];

const pass = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));

describe.concurrent.each(engines)("containers of %s that are stopped", (url) => {
  const played = drawn(cases, 6, 2 * engines.indexOf(url));

  it(`end as told in ${played.length} cases`, { timeout: 600_000 }, async () => {
    const { engine, release } = await openLive(url);
    let left = played;
    let differing: Record<string, readonly string[]> = {};
    try {
      for (const workers of attempts) {
        const queue = [...left];
        differing = {};
        const work = async (): Promise<void> => {
          for (let each = queue.shift(); each; each = queue.shift()) {
            const outcome = await outcomeOf(engine, each, pass).catch((error: unknown) => [String(error)]);
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
