import { topology } from "@dryharbor/sdk/topology";
import { createSimulator, type Snapshot, virtualTime } from "@dryharbor/simulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLevel } from "../level/read-level.js";
import type { Machine, OpenMachine } from "./machine.js";
import { fromText, toText } from "./saved.js";
import { Session } from "./session.js";

/** A machine whose commands are a few calls of the port: what a session does with them does not depend on docker. */
const open: OpenMachine = ({ release, snapshot }): Machine => {
  const time = virtualTime();
  const simulator = createSimulator(
    snapshot ? { snapshot: snapshot as Snapshot, time } : { time, ...(release && { release }) },
  );
  const { engine } = simulator;
  return {
    engine,
    snapshot: () => simulator.snapshot(),
    close: () => simulator.close(),
    async run(line) {
      const [verb, ...names] = line.trim().split(/\s+/) as [string, string, string];
      const calls: Record<string, () => Promise<unknown>> = {
        create: () => engine.networks.create({ Name: names[0] }),
        remove: () => engine.networks.remove(names[0]),
        run: async () => {
          const { Id } = await engine.containers.create(
            { Image: "alpine", Cmd: ["sleep", "1000"] },
            { name: names[0] },
          );
          await engine.containers.start(Id);
        },
        connect: () => engine.networks.connect(names[0], { Container: names[1] }),
        disconnect: () => engine.networks.disconnect(names[0], { Container: names[1] }),
        look: () => {
          time.advance(1000);
          return engine.networks.list();
        },
      };
      try {
        await calls[verb]!();
        return { exitCode: 0, stdout: `${line}\n`, stderr: "" };
      } catch (error) {
        return { exitCode: 1, stdout: "", stderr: `${(error as Error).message}\n` };
      }
    },
  };
};

const level = readLevel({
  format: 1,
  id: "shop",
  title: "Shop",
  objective: "Bring web to the shop.",
  start: { commands: "create shop" },
  steps: [
    { text: "Read this." },
    {
      command: "run web",
      predict: {
        question: "Does it run?",
        choices: [{ text: "No" }, { text: "Yes", right: true, because: "It does." }],
      },
    },
    {
      text: "Your turn.",
      check: [{ check: "attached", container: "web", network: "shop" }],
      solution: "connect shop web",
    },
  ],
  goal: [{ check: "attached", container: "web", network: "shop" }],
  hints: ["one", "two"],
});

const steps = [
  "create back",
  "remove back",
  "run web",
  "run db",
  "connect shop web",
  "connect back web",
  "disconnect shop web",
  "look",
];

/** What counts of the state: times and ids, too, since all of it comes back. */
async function stateOf({ machine: { engine } }: Session): Promise<unknown> {
  return {
    topology: await topology(engine),
    networks: (await engine.networks.list()).map(({ Id }) => Id).sort(),
  };
}

async function played(commands: readonly string[]): Promise<unknown> {
  const session = await Session.open({ level, open });
  for (const command of commands) await session.perform(command);
  const state = await stateOf(session);
  await session.close();
  return state;
}

describe("a session", () => {
  it("has after any commands and undos the state of the commands that remain", async () => {
    const word = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...steps) },
      fc.constantFrom("undo", "redo"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), async (words) => {
        const session = await Session.open({ level, open, patience: 0 });
        let remain: string[] = [];
        let undone: string[] = [];
        for (const each of words) {
          if (each === "undo") {
            expect((await session.undo())?.command).toBe(remain.at(-1));
            undone.push(...remain.splice(-1));
          } else if (each === "redo") {
            expect((await session.redo())?.command).toBe(undone.at(-1));
            remain.push(...undone.splice(-1));
          } else {
            const before = await stateOf(session);
            await session.perform(each);
            remain = [...remain, each];
            if (each === "look") expect(session.canRedo).toBe(undone.length > 0);
            if (session.canRedo) expect(await stateOf(session)).toEqual(before);
            else undone = [];
          }
        }
        expect(session.history.map(({ command }) => command)).toEqual(remain);
        expect(await stateOf(session)).toEqual(await played(remain));
        await session.close();
      }),
      { numRuns: 40 },
    );
  });

  it("carries commands out again where they were carried out", async () => {
    const ran: unknown[] = [];
    const noting: OpenMachine = async (from) => {
      const machine = await open(from);
      return {
        ...machine,
        run(line, typed, cwd) {
          ran.push([line, cwd]);
          return machine.run(line, typed, cwd);
        },
      };
    };
    const nothing = { exitCode: 0, stdout: "", stderr: "" };
    const session = await Session.open({ level, open: noting });
    await (await session.begin("cd /tmp"))(nothing, "/tmp");
    await (await session.begin("look", undefined, "/tmp"))(nothing);
    expect(session.cwd).toBe("/tmp");
    await session.undo();
    expect((await session.undo())?.cwd).toBeUndefined();
    expect(session.cwd).toBeUndefined();
    await session.redo();
    expect(session.cwd).toBe("/tmp");
    await session.redo();

    ran.length = 0;
    const saved = await fromText(await toText(session.save({ state: false })));
    const again = await Session.resume(saved, { level, open: noting });
    expect(ran.slice(-2)).toEqual([
      ["cd /tmp", undefined],
      ["look", "/tmp"],
    ]);
    expect(again.cwd).toBe("/tmp");
    await session.close();
    await again.close();
  });

  it("says how far one is", async () => {
    const session = await Session.open({ level, open });
    expect(session.position).toBe(1);
    expect(session.answer(0).right).toBe(false);
    expect(session.answer(1).because).toBe("It does.");
    expect(session.answerTo(1)?.text).toBe("No");

    const other = await session.perform("run db");
    expect(other).toMatchObject({ solved: false, done: [] });
    const run = await session.perform("  run   web");
    expect(run.done.map(({ command }) => command)).toEqual(["run web"]);
    expect(run.goal.map(({ says }) => says)).toEqual(["web is not on shop"]);
    const last = await session.perform("connect shop web");
    expect(last).toMatchObject({ solved: true, goal: [{ held: true, says: "web is on shop" }] });
    expect(session.step).toBeUndefined();

    await session.undo();
    expect((await session.goal())[0]!.held).toBe(false);
    expect(session.position).toBe(2);
    await session.redo();
    expect(session.position).toBe(3);
    expect([session.hint(), session.hint(), session.hint()]).toEqual(["one", "two", undefined]);

    await session.reset();
    expect(session.history).toEqual([]);
    expect(session.hint()).toBe("one");
    expect((await topology(session.machine.engine)).containers).toEqual([]);
    await session.close();
  });

  it.for([true, false])("goes on after it was saved as text, with its state: %s", async (state) => {
    const session = await Session.open({ level, open });
    session.answer(1);
    for (const command of ["run web", "create back", "connect shop web"]) await session.perform(command);
    const text = await toText(session.save({ state }));
    expect(text).toMatch(/^dh1\.[\w-]+$/);

    const resumed = await Session.resume(await fromText(text), { level, open });
    expect(await stateOf(resumed)).toEqual(await stateOf(session));
    expect(resumed.position).toBe(3);
    expect(resumed.answerTo(1)?.right).toBe(true);
    await resumed.undo();
    await session.undo();
    expect(await stateOf(resumed)).toEqual(await stateOf(session));
    await resumed.close();
    await session.close();
  });

  it("carries commands out again where a state is of another version", async () => {
    const session = await Session.open({ level, open });
    await session.perform("run web");
    const saved = { ...session.save(), snapshot: { format: "dryharbor-snapshot", version: 0 } };
    const resumed = await Session.resume(saved, { level, open });
    expect(await stateOf(resumed)).toEqual(await stateOf(session));
    await resumed.close();
    await session.close();
  });

  it("refuses what is no session, in words", async () => {
    await expect(fromText("hello")).rejects.toThrow('this is no saved session: one begins with "dh1."');
    await expect(fromText("dh9.abc")).rejects.toThrow("a later version");
    await expect(fromText("dh1.H4sIAAAA")).rejects.toThrow("damaged");
    await expect(fromText("dh1.!")).rejects.toThrow("damaged");
  });

  /** Written by this release. A later one adds its own, and goes on reading this. */
  it("reads what earlier releases have shared", async () => {
    const text =
      "dh1.H4sIAAAAAAAAA02NwQqDMBBEf0XmvC2kpVD2VySHqFsMaCK7qVbEfy8Khd5m5sGbDa-sYyhgdLr2QZusFxOzmBMIs-iZ2BEGmWUAw_o8gaAySDAB4_a8PkBo8ziG1Bm43n4FDH2napEGO_2vbU5J2lIdshMTyjpJB64hn1jgd0-YssVy_t8JIdkieuhrR857Qh9TMbDbv_ey1ODGAAAA";
    expect(await fromText(text)).toEqual({
      format: "dryharbor-session",
      version: 1,
      level: "shop",
      release: "28.5",
      commands: [{ command: "run web" }, { command: "connect shop web", typed: ["exit"] }],
      position: 3,
      answers: [[1, 1]],
      hints: 1,
    });
  });
});
