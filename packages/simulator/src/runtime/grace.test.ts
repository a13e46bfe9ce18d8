import { virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../simulator.js";

// A stop that kills as soon as nothing can happen is held against a patient one, which lets the whole grace
// pass between the signal and SIGKILL. Both must leave the same behind.

/** The time of a sleep in a script, in seconds. No sum of them comes close to a whole second. */
const sleeping = fc.integer({ min: 1, max: 6 }).map((count) => `sleep ${(count * 0.3701).toFixed(4)}`);
const code = fc.integer({ min: 0, max: 120 });
const signal = fc.constantFrom("TERM", "USR1", "INT");

const { block } = fc.letrec<{ block: string; command: string }>((tie) => ({
  block: fc.array(tie("command"), { minLength: 1, maxLength: 4 }).map((all) => all.join("; ")),
  command: fc.oneof(
    { depthSize: "small" },
    { weight: 6, arbitrary: sleeping },
    { weight: 2, arbitrary: fc.constant("sleep 1000") },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 }).map((word) => `echo ${word}`) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 9 }).map((word) => `echo ${word} >> /notes`) },
    { weight: 1, arbitrary: fc.constant("cat /notes") },
    { weight: 2, arbitrary: code.map((each) => `exit ${each}`) },
    { weight: 1, arbitrary: fc.tuple(signal, code).map(([name, each]) => `trap 'exit ${each}' ${name}`) },
    { weight: 1, arbitrary: signal.map((name) => `trap 'echo ${name}' ${name}`) },
    { weight: 1, arbitrary: signal.map((name) => `trap '' ${name}`) },
    { weight: 1, arbitrary: signal.map((name) => `kill -${name} 1`) },
    { weight: 1, arbitrary: signal.map((name) => `kill -${name} $!`) },
    { weight: 1, arbitrary: fc.constantFrom("wait", "read line", "exec sleep 1000", "exec cat") },
    { weight: 2, arbitrary: tie("block").map((inner) => `{ ${inner}; } & true`) },
    { weight: 1, arbitrary: tie("block").map((inner) => `( ${inner} )`) },
    { weight: 1, arbitrary: tie("block").map((inner) => `{ ${inner}; } | cat`) },
    {
      weight: 1,
      arbitrary: fc.tuple(tie("block"), sleeping).map(([inner, rest]) => `while ${rest}; do ${inner}; done`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("block"), sleeping)
        .map(([inner, rest]) => `timeout ${rest.slice(6)} sh -c "${inner.replaceAll('"', "")}"`),
    },
  ),
}));

const scenarios = fc.record({
  script: block,
  execs: fc.array(block, { maxLength: 2 }),
  /** How long it has run before, in milliseconds. */
  ranFor: fc.integer({ min: 0, max: 1500 }),
  paused: fc.boolean(),
  /** In seconds. */
  grace: fc.integer({ min: 0, max: 5 }),
  healthchecked: fc.boolean(),
});
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** Runs a scenario and returns what is left. `killedAfter` is the grace that was used, in milliseconds. */
async function leftBy({ script, execs, ranFor, paused, grace, healthchecked }: Scenario, patient: boolean) {
  const time = virtualTime();
  await using simulator = createSimulator({ time });
  const { containers, exec } = simulator.engine;
  const { Id } = await containers.create({
    Image: "busybox",
    Cmd: ["sh", "-c", script],
    ...(healthchecked && {
      Healthcheck: { Test: ["CMD-SHELL", "echo seen >> /notes"], Interval: 1_137_000_000 },
    }),
  });
  await containers.start(Id);
  await time.advance(0);
  const started: string[] = [];
  for (const each of execs) {
    const made = await exec.create(Id, { Cmd: ["sh", "-c", each] }).catch(() => undefined);
    if (!made) break;
    started.push(made.Id);
    await exec.start(made.Id, { Detach: true });
  }
  await time.advance(ranFor);
  const running = async () => (await containers.inspect(Id)).State.Running;
  if (paused && (await running())) await containers.pause(Id);

  const before = time.now();
  let took = 0;
  if (patient) {
    await containers.kill(Id, { signal: "TERM" }).catch(() => {});
    await time.advance(grace * 1000);
    await containers.kill(Id).catch(() => {});
  } else {
    let over = false;
    const stopped = containers.stop(Id, { t: grace }).then(() => {
      over = true;
    });
    await time.advance(0);
    while (!over && took <= 60_000) {
      await time.advance(100);
      took = Number(time.now() - before) / 1e6;
    }
    await stopped;
    await time.advance(grace * 1000);
  }

  const { State } = await containers.inspect(Id);
  const codes = [];
  for (const each of started) codes.push((await exec.inspect(each).catch(() => undefined))?.ExitCode);
  const log = await collectOutput(await containers.logs(Id));
  const changed = await containers.changes(Id);
  return {
    left: { code: State.ExitCode, health: State.Health?.Log.length, codes, log, changed },
    took,
  };
}

/** Its shell rests, as a busy process does now and then, in the middle of the last turn before SIGKILL. */
const restsAtTheEnd: Scenario = {
  script: `while sleep 0.3701; do echo 0; wait; kill -TERM $!; done; { timeout 0.3701 sh -c "kill -TERM 1"; } & true; trap 'echo TERM' TERM`,
  execs: [],
  ranFor: 0,
  paused: false,
  grace: 4,
  healthchecked: false,
};

describe("a stop", () => {
  it("leaves what a patient one leaves", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        const patient = await leftBy(scenario, true);
        const quick = await leftBy(scenario, false);
        expect(quick.left).toEqual(patient.left);
        expect(quick.took).toBeLessThanOrEqual(scenario.grace * 1000 + 100);
      }),
      { numRuns: 100, examples: [[restsAtTheEnd]] },
    );
  });

  // What the generated scripts come to, by a script of each kind: chance need not bring all of them.
  it.each([
    { what: "waits for what ends by itself", script: "sleep 0.3701; exit 3", code: 3, least: 300, most: 500 },
    {
      what: "kills when the next sleep outlasts the grace",
      script: "while sleep 0.3701; do :; done",
      code: 137,
      least: 1800,
      most: 2000,
    },
    { what: "kills early what only sleeps", script: "sleep 1000", code: 137, least: 0, most: 100 },
  ])("$what", async ({ script, code, least, most }) => {
    const scenario = { script, execs: [], ranFor: 0, paused: false, grace: 2, healthchecked: false };
    const { left, took } = await leftBy(scenario, false);
    expect(left).toEqual((await leftBy(scenario, true)).left);
    expect(left.code).toBe(code);
    expect(took).toBeLessThanOrEqual(most);
    expect(took).toBeGreaterThanOrEqual(least);
  });
});
