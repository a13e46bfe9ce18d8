import { UsageError } from "@dryharbor/sdk/port";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { createSimulator } from "../simulator.js";
import type { Fault } from "./fault.js";
import { readFault } from "./read-fault.js";

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    true,
    false,
    "",
    "web",
    "*",
    "host",
    "outside",
    "before",
    "body",
    "break",
    "restarting",
  ),
  fc.integer({ min: -2, max: 600 }),
  fc.double(),
  fc.array(fc.constantFrom<unknown>("web", "db", { network: "backend" }, null, 3), { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom(
      "status",
      "message",
      "does",
      "after",
      "for",
      "container",
      "path",
      "id",
      "network",
      "labels",
    ),
    fc.anything({ maxDepth: 1 }),
  ),
  fc.anything({ maxDepth: 2 }),
);
const field = fc.constantFrom(
  ...[
    "call",
    "route",
    "where",
    "times",
    "each",
    "probability",
    "delay",
    "late",
    "error",
    "drop",
    "stream",
    "exitCode",
  ],
  ...["between", "from", "to", "network", "partition", "loss", "latency", "jitter", "bandwidth", "reset"],
  ...["name", "asker", "answer", "engine", "for", "constructor", "__proto__", "other"],
);
/** What is near a fault: a good beginning, and any fields. */
const near = fc
  .tuple(
    fc.constantFrom<object>(
      {},
      { call: "networks.connect", drop: "before" },
      { call: "events", stream: { after: 1, does: "break" } },
      { route: "GET /containers/json", delay: 5 },
      { between: ["web", "db"], latency: 5 },
      { name: "db", late: 5 },
      { engine: "disk full" },
    ),
    fc.dictionary(field, odd, { maxKeys: 3 }),
  )
  .map(([good, fields]) => ({ ...good, ...fields }));

it("reads a fault or says what is wrong with it, whatever it is", () => {
  fc.assert(
    fc.property(
      fc.oneof({ weight: 9, arbitrary: near }, { weight: 1, arbitrary: fc.anything() }),
      (given) => {
        let read: Fault | undefined;
        try {
          read = readFault(given, "28.5");
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
          expect((error as Error).message).toMatch(/fault|there is no call|has no route/);
          return;
        }
        // What is read is JSON, and is read again as it is.
        expect(JSON.parse(JSON.stringify(read))).toEqual(read);
        expect(readFault(read, "28.5")).toEqual(read);
      },
    ),
    { numRuns: 3_000 },
  );
});

it("takes each fault that it reads, and goes on without it", async () => {
  await using simulator = createSimulator();
  await fc.assert(
    fc.asyncProperty(near, async (given) => {
      try {
        readFault(given, "28.5");
      } catch {
        return;
      }
      const fault = await simulator.faults.add(given as Fault);
      expect(simulator.faults.list()).toMatchObject([{ number: fault.number, met: 0, struck: 0 }]);
      expect(await fault.remove()).toBe(true);
      expect(await fault.remove()).toBe(false);
      expect(await simulator.engine.networks.list()).toHaveLength(3);
    }),
    { numRuns: 200 },
  );
});
