import type { Program } from "@dryharbor/kernel";
import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import type { ContainerInspect, Engine, Health, Healthcheck } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { isSince } from "../../test/since.js";
import { type ReleaseName, releaseNames } from "../core/releases/row.js";
import { createSimulator } from "../simulator.js";

const second = 1_000_000_000;

interface World {
  readonly engine: Engine;
  readonly time: VirtualTime;
  /** What the engine has told of so far. */
  readonly told: readonly string[];
}

function world(release: ReleaseName, programs: Record<string, Program> = {}): World {
  const time = virtualTime();
  const { engine } = createSimulator({ release, time, programs });
  const told: string[] = [];
  void (async () => {
    for await (const { Action } of engine.events()) told.push(Action);
  })();
  return { engine, time, told };
}

async function run({ engine }: World, Healthcheck: Healthcheck, Cmd = ["sleep", "3600"]) {
  const { Id } = await engine.containers.create({ Image: "busybox", Cmd, Healthcheck }, { name: "checked" });
  await engine.containers.start(Id);
  return Id;
}

const inspect = (engine: Engine): Promise<ContainerInspect> => engine.containers.inspect("checked");

async function health({ engine }: World): Promise<Health | undefined> {
  return (await inspect(engine)).State.Health;
}

/** Exit codes and outputs. */
async function found(world: World): Promise<[number, string][]> {
  return ((await health(world))?.Log ?? []).map(({ ExitCode, Output }) => [ExitCode, Output]);
}

async function status(engine: Engine): Promise<string> {
  return (await engine.containers.list({ all: true }))[0]!.Status;
}

describe.each(releaseNames)("health checks on %s", (release) => {
  it("make a container healthy", async () => {
    const here = world(release);
    await run(here, { Test: ["CMD", "echo", "well"], Interval: second });
    expect(await health(here)).toEqual({ Status: "starting", FailingStreak: 0, Log: [] });
    expect(await status(here.engine)).toBe("Up Less than a second (health: starting)");
    await here.time.advance(1000);
    expect(await health(here)).toMatchObject({ Status: "healthy", FailingStreak: 0 });
    expect(await status(here.engine)).toBe("Up 1 second (healthy)");
    expect((await health(here))?.Log).toEqual([
      {
        Start: expect.stringMatching(/^2024-01-01T00:00:01\.?\d*Z$/),
        End: expect.stringMatching(/^2024-01-01T00:00:01\.?\d*Z$/),
        ExitCode: 0,
        Output: "well\n",
      },
    ]);
    const listed = (value: string) => here.engine.containers.list({ filters: { health: [value] } });
    expect(await listed("healthy")).toHaveLength(1);
    expect(await listed("none")).toHaveLength(0);
    await here.time.advance(60_000);
    expect((await health(here))?.Log).toHaveLength(5);
    expect(here.told.slice(-5)).toEqual([
      "exec_start: echo well",
      "exec_die",
      "exec_create: echo well",
      "exec_start: echo well",
      "exec_die",
    ]);
    expect(here.told.filter((action) => action.startsWith("health_status"))).toEqual([
      "health_status: healthy",
    ]);
  });

  it("make a container unhealthy after so many failures, and healthy again", async () => {
    let code = 1;
    const here = world(release, {
      check: async ({ stderr }) => {
        stderr("so it is\n");
        return code;
      },
    });
    await run(here, { Test: ["CMD", "check"], Interval: second, Retries: 2 });
    await here.time.advance(1000);
    expect(await health(here)).toMatchObject({ Status: "starting", FailingStreak: 1 });
    await here.time.advance(1000);
    expect(await health(here)).toMatchObject({ Status: "unhealthy", FailingStreak: 2 });
    expect(await found(here)).toEqual([
      [1, "so it is\n"],
      [1, "so it is\n"],
    ]);
    code = 0;
    await here.time.advance(1000);
    expect(await health(here)).toMatchObject({ Status: "healthy", FailingStreak: 0 });
    const changes = here.told.filter((action) => action.startsWith("health_status"));
    expect(changes).toEqual(["health_status: unhealthy", "health_status: healthy"]);
  });

  it("stop with a pause and an end, which leave the container unhealthy", async () => {
    const here = world(release);
    const { engine, time } = here;
    const id = await run(here, { Test: ["CMD", "true"], Interval: second });
    await time.advance(1500);
    await engine.containers.pause(id);
    expect(await health(here)).toMatchObject({ Status: "unhealthy", FailingStreak: 0 });
    expect(await status(engine)).toBe("Up 1 second (Paused)");
    await time.advance(5000);
    expect(await found(here)).toHaveLength(1);
    await engine.containers.unpause(id);
    expect(await status(engine)).toBe("Up 6 seconds (unhealthy)");
    await time.advance(1000);
    expect(await health(here)).toMatchObject({ Status: "healthy" });
    await engine.containers.stop(id, { t: 0 });
    expect(await health(here)).toMatchObject({ Status: "unhealthy" });
    await engine.containers.start(id);
    expect(await health(here)).toMatchObject({ Status: "starting", Log: [{}, {}] });
  });

  it("fail when they take too long", async () => {
    const here = world(release, {
      slow: async ({ stdout, sleep }) => {
        stdout("one moment\n");
        await sleep(10_000);
        return 0;
      },
    });
    await run(here, { Test: ["CMD", "slow"], Interval: second, Timeout: 1.5 * second, Retries: 1 });
    await here.time.advance(2000);
    expect((await inspect(here.engine)).ExecIDs).toHaveLength(1);
    await here.time.advance(500);
    expect(await health(here)).toMatchObject({ Status: "unhealthy" });
    const said = release === "20.10" ? "" : ": one moment\n";
    expect(await found(here)).toEqual([[-1, `Health check exceeded timeout (1.5s)${said}`]]);
    expect((await inspect(here.engine)).ExecIDs).toBeNull();
  });

  it("end with the container's process", async () => {
    const here = world(release);
    await run(here, { Test: ["CMD", "sleep", "60"], Interval: second, Retries: 1 }, ["sleep", "3"]);
    await here.time.advance(3000);
    expect(await found(here)).toEqual([[137, ""]]);
    expect(here.told.slice(-4)).toEqual(
      expect.arrayContaining(["exec_die", "health_status: unhealthy", "die"]),
    );
  });

  it("say why they cannot be run", async () => {
    const here = world(release);
    await run(here, { Test: ["CMD", "nonesuch"], Interval: second });
    await here.time.advance(1000);
    const suffix = isSince(release, "28.5") ? "" : ": unknown";
    expect(await found(here)).toEqual([
      [
        -1,
        `OCI runtime exec failed: exec failed: unable to start container process: exec: "nonesuch": executable file not found in $PATH${suffix}`,
      ],
    ]);
  });

  it("keep four kilobytes", async () => {
    const here = world(release);
    await run(here, { Test: ["CMD", "echo", "x".repeat(5000)], Interval: second });
    await here.time.advance(1000);
    expect(await found(here)).toEqual([[0, `${"x".repeat(4096)}...`]]);
  });

  it("do not count while the container may still be starting", async () => {
    const here = world(release);
    const check = { Test: ["CMD", "false"], Interval: second, StartPeriod: 3 * second, Retries: 1 };
    await run(here, { ...check, ...(release !== "20.10" && { StartInterval: second }) });
    await here.time.advance(2500);
    expect(await health(here)).toMatchObject({ Status: "starting", FailingStreak: 0, Log: [{}, {}] });
    await here.time.advance(2000);
    expect(await health(here)).toMatchObject({ Status: "unhealthy" });
  });

  it("come at the start interval where there is one", async () => {
    const here = world(release);
    await run(here, { Test: ["CMD", "true"], Interval: 60 * second, StartPeriod: 30 * second });
    await here.time.advance(5000);
    // Given none: 26.1 takes the interval, and 28.5 five seconds.
    expect(await found(here)).toHaveLength(isSince(release, "28.5") ? 1 : 0);
  });

  it.each([
    [{}],
    [{ Interval: second }],
    [{ Test: [] }],
    [{ Test: ["NONE"] }],
    [{ Test: ["nonsense", "true"] }],
  ])("are none where %j", async (check) => {
    const here = world(release);
    await run(here, check);
    await here.time.advance(60_000);
    expect(await health(here)).toBeUndefined();
    expect(await status(here.engine)).toBe("Up 59 seconds");
  });

  it("are refused where they cannot be", async () => {
    const { engine } = world(release);
    const refused = async (check: Healthcheck) =>
      engine.containers.create({ Image: "busybox", Healthcheck: check }).then(
        () => undefined,
        ({ status, message }) => [status, message],
      );
    expect(await refused({ Interval: 1 })).toEqual([400, "Interval in Healthcheck cannot be less than 1ms"]);
    expect(await refused({ Timeout: -1 })).toEqual([400, "Timeout in Healthcheck cannot be less than 1ms"]);
    expect(await refused({ Retries: -1 })).toEqual([400, "Retries in Healthcheck cannot be negative"]);
    // 20.10 knows of no start interval.
    expect(await refused({ StartInterval: 5 })).toEqual(
      release === "20.10" ? undefined : [400, "StartInterval in Healthcheck cannot be less than 1ms"],
    );
  });

  it("are shown as they were given", async () => {
    const { engine } = world(release);
    const shown = async (name: string, check: Healthcheck) => {
      await engine.containers.create({ Image: "busybox", Cmd: ["true"], Healthcheck: check }, { name });
      return JSON.stringify((await engine.containers.inspect(name)).Config.Healthcheck);
    };
    expect(await shown("aa", { Test: ["CMD", "true"], Interval: second })).toBe(
      '{"Test":["CMD","true"],"Interval":1000000000}',
    );
    expect(await shown("bb", { Test: [], Retries: 0, Interval: 0 })).toBe("{}");
    expect(await shown("cc", {})).toBe("{}");
  });
});
