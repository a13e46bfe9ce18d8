import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import { collectOutput, type Engine } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

let time: VirtualTime;
let simulator: Simulator;
let engine: Engine;

beforeEach(() => {
  time = virtualTime();
  simulator = createSimulator({ time });
  engine = simulator.engine;
});
afterEach(() => simulator.close());

async function started(script: string): Promise<string> {
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd: ["sh", "-c", script] });
  await engine.containers.start(Id);
  await time.advance(0);
  return Id;
}

async function logs(id: string): Promise<string> {
  const { stdout, stderr } = await collectOutput(
    await engine.containers.logs(id, { stdout: true, stderr: true }),
  );
  return stdout + stderr;
}

async function code(id: string): Promise<number> {
  return (await engine.containers.inspect(id)).State.ExitCode;
}

describe("a container's shell", () => {
  it("runs the trap for the signal that it is stopped by", async () => {
    const id = await started('trap "echo bye; exit 3" TERM; while :; do sleep 1; done');
    const stopped = engine.containers.stop(id);
    await time.advance(1000);
    await stopped;
    expect(await code(id)).toBe(3);
    expect(await logs(id)).toBe("bye\n");
  });

  it("does not hear a signal without a trap, as the first process of a container", async () => {
    const id = await started("while :; do sleep 100; done");
    await engine.containers.kill(id, { signal: "TERM" });
    await time.advance(5000);
    expect((await engine.containers.inspect(id)).State.Running).toBe(true);
    await engine.containers.stop(id);
    expect(await code(id)).toBe(137);
  });

  it("stands still while it is paused", async () => {
    const id = await started("i=0; while [ $i -lt 3 ]; do sleep 1; i=$((i+1)); echo $i; done");
    await time.advance(1500);
    await engine.containers.pause(id);
    await time.advance(60_000);
    expect(await logs(id)).toBe("1\n");
    await engine.containers.unpause(id);
    await time.advance(2000);
    expect(await logs(id)).toBe("1\n2\n3\n");
  });

  it("takes its children with it", async () => {
    const id = await started("sleep 100 & (sleep 2; echo late) & sleep 1; exit 4");
    await time.advance(60_000);
    expect(await code(id)).toBe(4);
    expect(await logs(id)).toBe("");
  });

  it("ends a program that writes to nobody", async () => {
    const id = await started("yes | head -n 2; echo done");
    for (let turn = 0; turn < 20; turn++) await time.advance(10);
    expect(await logs(id)).toBe("y\ny\ndone\n");
  });
});

describe("top", () => {
  it("shows what a shell has started, and what it has become", async () => {
    const id = await started("sleep 50 & sleep 60; sleep 70");
    const shown = async (): Promise<string[]> =>
      (await engine.containers.top(id, { ps_args: "-o pid,args" })).Processes.map(
        ([, command]) => command ?? "",
      );
    const script = "sh -c sleep 50 & sleep 60; sleep 70";
    expect(await shown()).toEqual([script, "sleep 50", "sleep 60"]);
    const { Processes } = await engine.containers.top(id, { ps_args: "-o pid,ppid" });
    expect(Processes.slice(1).map(([, parent]) => parent)).toEqual([Processes[0]?.[0], Processes[0]?.[0]]);
    await time.advance(55_000);
    expect(await shown()).toEqual([script, "sleep 60"]);
    await time.advance(6000);
    expect(await shown()).toEqual(["sleep 70"]);
  });
});

describe("an exec", () => {
  // Seen on 20.10 and 28.5.
  it.each([
    { tty: false, background: 1, stdout: "now\nlate\n", takes: 1_000 },
    { tty: false, background: 5, stdout: "now\n", takes: 2_000 },
    { tty: true, background: 1, stdout: "now\r\n", takes: 0 },
  ])("waits two seconds for what it left in the background: $background s, tty $tty", async (example) => {
    const { tty, background, stdout, takes } = example;
    const id = await started("sleep 1000");
    const { Id } = await engine.exec.create(id, {
      Cmd: ["sh", "-c", `(sleep ${background}; echo late) & echo now; exit 2`],
      AttachStdout: true,
      Tty: tty,
    });
    const events: string[] = [];
    const heard = engine.events({ filters: { event: ["exec_die"] } });
    void (async () => {
      for await (const { Action } of heard) events.push(Action);
    })();
    await heard.opened;
    let over = false;
    const output = collectOutput(await engine.exec.start(Id, { Tty: tty })).finally(() => {
      over = true;
    });
    await time.advance(Math.max(0, takes - 1));
    expect((await engine.exec.inspect(Id)).ExitCode).toBe(2);
    if (takes > 0) expect([over, events]).toEqual([false, []]);
    await time.advance(1);
    expect((await output).stdout).toBe(stdout);
    expect(events).toEqual(["exec_die"]);
    heard.close();
  });
});
