import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { systemTime, virtualTime } from "@dryharbor/kernel/host";
import { afterEach, describe, expect, it, vi } from "vitest";

const day = 86_400_000;

describe("the machine's time", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("waits longer than setTimeout can", () => {
    vi.useFakeTimers();
    const woken = vi.fn();
    systemTime.after(60 * day, woken);
    vi.advanceTimersByTime(60 * day - 1);
    expect(woken).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(woken).toHaveBeenCalledOnce();
  });

  it("is called off at any time", () => {
    vi.useFakeTimers();
    const woken = vi.fn();
    const cancel = systemTime.after(60 * day, woken);
    vi.advanceTimersByTime(59 * day);
    cancel();
    vi.advanceTimersByTime(10 * day);
    expect(woken).not.toHaveBeenCalled();
  });

  it("keeps no process alive, unless somebody waits for an answer", () => {
    const run = (last: string) =>
      spawnSync(
        process.execPath,
        [
          "--conditions=@dryharbor/source",
          "--import",
          "tsx",
          "--input-type=module",
          "-e",
          `import { createSimulator } from "@dryharbor/simulator";
           const { engine, fetch } = createSimulator();
           const run = async (...Cmd) => {
             const { Id } = await engine.containers.create({ Image: "busybox", Cmd });
             await engine.containers.start(Id);
             return Id;
           };
           await run("sleep", "1000000");
           ${last}`,
        ],
        { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8", timeout: 30_000 },
      );
    expect(run(`console.log("there")`)).toMatchObject({ status: 0, stdout: "there\n" });
    expect(
      run(`console.log((await engine.containers.wait(await run("sleep", "0.2"))).StatusCode)`),
    ).toMatchObject({ status: 0, stdout: "0\n" });
    expect(
      run(`const path = "http://docker/containers/" + (await run("sleep", "0.2")) + "/wait";
           console.log(await (await fetch(new Request(path, { method: "POST" }))).text());`),
    ).toMatchObject({ status: 0, stdout: '{"StatusCode":0}\n\n' });
  }, 60_000);
});

describe("virtual time", () => {
  it("wakes in order of time, then of asking", async () => {
    const time = virtualTime();
    const woken: string[] = [];
    time.after(20, () => woken.push("late"));
    time.after(10, () => woken.push("first"));
    time.after(10, () => woken.push("second"));
    time.after(0.5, () => time.after(1, () => woken.push("nested")));
    await time.advance(19);
    expect(woken).toEqual(["nested", "first", "second"]);
    await time.advance(1);
    expect(woken).toEqual(["nested", "first", "second", "late"]);
  });

  it("stands still by itself, and says the hour of whom it wakes", async () => {
    const time = virtualTime(1_000_000n);
    expect(time.now()).toBe(1_000_000n);
    const hours: bigint[] = [];
    time.after(2, () => hours.push(time.now()));
    const cancel = time.after(3, () => hours.push(time.now()));
    cancel();
    time.after(Number.POSITIVE_INFINITY, () => hours.push(-1n));
    await time.advance(1e9);
    expect(hours).toEqual([3_000_000n]);
    expect(time.now()).toBe(1_000_000_001_000_000n);
  });
});
