import * as fc from "fast-check";
import { expect, it } from "vitest";
import { virtualTime } from "../time/time.js";
import { Flight, type Line } from "./line.js";

/** What becomes of one attempt to send: it gets lost, or arrives after so many milliseconds. */
const fate = fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined });

it("lets all that is sent arrive once, in its order, however late and how often lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 40 }),
      fc.integer({ min: 1, max: 15 }),
      async (fates, count) => {
        const time = virtualTime();
        const left = [...fates];
        const line: Line = { pass: () => (left.length > 0 ? left.shift() : 0), isCut: false };
        const flight = new Flight(time);
        const arrived: number[] = [];
        let gaveUp = 0;
        for (let each = 0; each < count; each++) {
          flight.send(
            100,
            () => line,
            () => arrived.push(each),
            () => gaveUp++,
          );
        }
        expect(flight.bytes).toBe(100 * (count - arrived.length));
        // Linux gives up after a quarter of an hour.
        await time.advance(1_000_000);
        if (gaveUp > 0) return;
        expect(arrived).toEqual(Array.from({ length: count }, (_, each) => each));
        expect([flight.bytes, flight.isBusy]).toEqual([0, false]);
      },
    ),
    { numRuns: 60 },
  );
});

it("gives up what gets lost each time", async () => {
  const time = virtualTime();
  let tries = 0;
  let gaveUp = false;
  const pass = (): undefined => {
    tries++;
  };
  new Flight(time).send(
    100,
    () => ({ pass, isCut: true }),
    () => {},
    () => {
      gaveUp = true;
    },
  );
  await time.advance(900_000);
  expect([tries, gaveUp]).toEqual([16, false]);
  await time.advance(100_000);
  expect([tries, gaveUp]).toEqual([16, true]);
});
