import { UsageError } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { releaseNames } from "../core/releases/row.js";
import { createSimulator, type Simulator } from "../simulator.js";
import { foldChanges } from "./fold.js";
import type { Snapshot } from "./snapshot.js";

/** Removes the clock, which moves even if nothing that is stored changes. */
const withoutClock = ({ state }: Snapshot): object => ({ ...state, clock: "" });

const settled = () => new Promise((resolve) => setTimeout(resolve, 2));

/** Requests, each of which changes something that is stored in another place. */
const steps: readonly (readonly [line: string, body?: object])[] = [
  ["POST /networks/create", { Name: "back" }],
  ["POST /volumes/create", { Name: "data" }],
  ["POST /containers/create?name=db", { Image: "busybox", Cmd: ["sleep", "1000"] }],
  ["POST /containers/db/start"],
  ["POST /networks/back/connect", { Container: "db", EndpointConfig: { Aliases: ["x"] } }],
  [
    "POST /containers/create?name=web",
    {
      Image: "busybox",
      Cmd: ["sleep", "1000"],
      ExposedPorts: { "80/tcp": {} },
      HostConfig: { Links: ["db:db"], Binds: ["data:/data", "made:/made"], PublishAllPorts: true },
    },
  ],
  ["POST /containers/web/start"],
  ["POST /containers/db/rename?name=store"],
  ["POST /containers/store/exec", { Cmd: ["true"] }],
  ["POST /exec/{Id}/start", { Detach: true }],
  ["POST /containers/store/exec", { Cmd: ["sleep", "1000"] }],
  ["POST /exec/{Id}/start", { Detach: true }],
  ["POST /containers/create?name=said", { Image: "busybox", Cmd: ["echo", "hi"] }],
  ["POST /containers/said/start"],
  ["POST /containers/said/start"],
  ["POST /containers/create?name=none", { Image: "busybox", Cmd: ["no-such"] }],
  ["POST /containers/none/start"],
  ["POST /containers/web/update", { RestartPolicy: { Name: "always" } }],
  ["POST /containers/web/pause"],
  ["POST /containers/web/unpause"],
  ["POST /images/busybox/tag?repo=mine&tag=1"],
  ["POST /images/create?fromImage=redis&tag=7"],
  ["DELETE /images/mine:1"],
  ["POST /networks/back/disconnect", { Container: "store", Force: true }],
  ["POST /containers/store/stop"],
  ["DELETE /containers/store?force=1"],
  ["DELETE /containers/web?force=1&v=1"],
  ["DELETE /volumes/data"],
  ["POST /volumes/create", { Name: "data" }],
  [
    "POST /containers/create?name=writer",
    {
      Image: "busybox",
      Cmd: ["sh", "-c", "echo hi > /data/x; echo hi > /tmp/y; sleep 1000"],
      HostConfig: { Binds: ["data:/data"], Tmpfs: { "/tmp": "" } },
    },
  ],
  ["POST /containers/writer/start"],
  ["DELETE /containers/writer?force=1"],
  ["POST /containers/create?name=kept", { Image: "redis:7" }],
  ["DELETE /images/redis:7?force=1"],
  ["DELETE /containers/kept"],
  ["POST /swarm/init", { ListenAddr: "0.0.0.0:2377" }],
  ["POST /networks/create", { Name: "open", Driver: "overlay", Attachable: true }],
  ["POST /secrets/create", { Name: "word", Data: "YQ==" }],
  ["POST /containers/create?name=far", { Image: "busybox", Cmd: ["sleep", "9"], ...onNetwork("open") }],
  ["POST /containers/far/start"],
  ["POST /networks/back/connect", { Container: "far" }],
  ["POST /containers/far/stop?t=0"],
  ["POST /containers/far/start"],
  ["DELETE /networks/ingress"],
  ["POST /swarm/leave?force=1"],
  ["POST /containers/prune"],
  ["POST /networks/prune"],
];

function onNetwork(NetworkMode: string): object {
  return { HostConfig: { NetworkMode } };
}

async function send({ fetch }: Simulator, line: string, body: object | undefined): Promise<unknown> {
  const [method = "", path] = line.split(" ");
  const response = await fetch(
    new Request(`http://simulator${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  return response.json().catch(() => ({}));
}

describe.each(releaseNames)("a fork of %s", (release) => {
  it("stays what it was at every step, whatever comes after it", async () => {
    await using simulator = createSimulator({ release });
    const taken: [string, Simulator, Snapshot][] = [];
    let made: { Id?: string } = {};
    for (const [line, body] of steps) {
      made = { ...made, ...((await send(simulator, line.replace("{Id}", made.Id ?? ""), body)) as object) };
      await settled();
      const fork = await simulator.fork();
      taken.push([line, fork, simulator.snapshot()]);
    }
    for (const [line, fork, snapshot] of taken) expect(fork.snapshot(), line).toEqual(snapshot);
  });
});

describe.each(releaseNames)("what a follower tells of %s", (release) => {
  it("is what has changed, after every step", async () => {
    await using simulator = createSimulator({ release });
    let stored = simulator.snapshot();
    const follower = await simulator.follow();
    let made: { Id?: string } = {};
    for (const [line, body] of steps) {
      made = { ...made, ...((await send(simulator, line.replace("{Id}", made.Id ?? ""), body)) as object) };
      await settled();
      const change = follower.changes();
      expect(change, line).toBeDefined();
      stored = foldChanges(stored, [change!]);
      expect(withoutClock(stored), line).toEqual(withoutClock(simulator.snapshot()));
    }
    await createSimulator({ snapshot: stored }).close();
  });

  it.each(["true", "no-such"])(
    "has an exec of %s that was made and has ended since the last look",
    async (program) => {
      await using simulator = createSimulator({ release });
      await send(simulator, "POST /containers/create?name=web", { Image: "busybox", Cmd: ["sleep", "1000"] });
      await send(simulator, "POST /containers/web/start", undefined);
      const stored = simulator.snapshot();
      const follower = await simulator.follow();
      const { Id } = (await send(simulator, "POST /containers/web/exec", { Cmd: [program] })) as {
        Id: string;
      };
      await send(simulator, `POST /exec/${Id}/start`, { Detach: true });
      await settled();
      const change = follower.changes();
      expect(withoutClock(foldChanges(stored, change === undefined ? [] : [change]))).toEqual(
        withoutClock(simulator.snapshot()),
      );
    },
  );

  it("is nothing where nothing changes", async () => {
    await using simulator = createSimulator({ release });
    await send(simulator, "POST /containers/create?name=db", { Image: "busybox" });
    const follower = await simulator.follow();
    for (const path of [
      "/networks",
      "/networks/bridge",
      "/containers/db/json",
      "/containers/none/json",
      "/info",
    ]) {
      await send(simulator, `GET ${path}`, undefined);
      expect(follower.changes()).toBeUndefined();
    }
  });
});

it("tells of a log whose first lines have been dropped, and is refused where it is no change", {
  timeout: 20_000,
}, async () => {
  await using simulator = createSimulator({
    programs: {
      chatty: async ({ stdout, sleep }) => {
        for (let count = 0; count < 80; count++) {
          stdout(`${count} ${"x".repeat(15_000)}\n`);
          await sleep(0);
        }
        return 0;
      },
    },
  });
  const stored = simulator.snapshot();
  const follower = await simulator.follow();
  const changes: string[] = [];
  await send(simulator, "POST /containers/create?name=box", { Image: "busybox", Cmd: ["chatty"] });
  await send(simulator, "POST /containers/box/start", undefined);
  for (let running = true; running; ) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { State } = (await send(simulator, "GET /containers/box/json", undefined)) as {
      State: { Running: boolean };
    };
    running = State.Running;
    changes.push(...[follower.changes() ?? []].flat());
  }
  expect(withoutClock(foldChanges(stored, changes))).toEqual(withoutClock(simulator.snapshot()));
  expect(() => foldChanges(stored, ["{}"])).toThrow(UsageError);
});
