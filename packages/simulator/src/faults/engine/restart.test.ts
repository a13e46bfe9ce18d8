import { virtualTime } from "@dryharbor/kernel/host";
import { ConnectionError } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { releaseNames } from "../../core/releases/row.js";
import { createSimulator, type Simulator } from "../../simulator.js";

const heeds = (code: number): string[] => [
  "sh",
  "-c",
  `trap "exit ${code}" TERM; echo ready; while true; do sleep 0.02; done`,
];

/** Waits until a container has said that it heeds its signal. */
async function ready({ engine }: Simulator, name: string): Promise<void> {
  for await (const { data } of await engine.containers.logs(name, { follow: true })) {
    if (new TextDecoder().decode(data).includes("ready")) return;
  }
}

/** What was seen of real engines: the container, its policy, what it runs, what is done to it, and what it is afterwards. */
const seen: readonly [string, string, readonly string[], "" | "stop" | "pause" | "create", string, number][] =
  [
    ["no", "no", heeds(3), "", "exited", 3],
    ["always", "always", heeds(3), "", "running", 0],
    ["unless", "unless-stopped", heeds(3), "", "running", 0],
    ["onfail", "on-failure", heeds(3), "", "running", 0],
    ["onfail0", "on-failure", heeds(0), "", "exited", 0],
    ["deaf", "always", ["sleep", "1000"], "", "running", 0],
    ["deafno", "no", ["sleep", "1000"], "", "exited", 137],
    ["stoppedalways", "always", heeds(3), "stop", "running", 0],
    ["stoppedunless", "unless-stopped", heeds(3), "stop", "exited", 3],
    ["ended", "on-failure", ["true"], "", "exited", 0],
    ["created", "always", heeds(3), "create", "created", 0],
    ["paused", "always", heeds(3), "pause", "running", 0],
  ];

async function populate(simulator: Simulator): Promise<void> {
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "backend" });
  for (const [name, Name, Cmd, then] of seen) {
    const HostConfig = { RestartPolicy: { Name }, ...(name === "always" && { NetworkMode: "backend" }) };
    await containers.create({ Image: "busybox", Cmd: [...Cmd], HostConfig }, { name });
    if (then === "create") continue;
    await containers.start(name);
    if (Cmd[0] === "sh") await ready(simulator, name);
    if (then === "stop") await containers.stop(name);
    if (then === "pause") await containers.pause(name);
  }
  await containers.create(
    { Image: "busybox", Cmd: heeds(3), HostConfig: { AutoRemove: true } },
    { name: "gone" },
  );
  await containers.start("gone");
  await ready(simulator, "gone");
}

describe("an engine that restarts", () => {
  it.each(releaseNames)("has those containers running that a real one has: %s", async (release) => {
    await using simulator = createSimulator({ release });
    const { engine, faults } = simulator;
    await populate(simulator);
    const { Id } = await engine.exec.create("no", { Cmd: ["sleep", "100"] });
    const [bridge, backend] = [
      await engine.networks.inspect("bridge"),
      await engine.networks.inspect("backend"),
    ];
    const fault = await faults.add({ engine: "restarting" });
    await expect(engine.containers.list()).rejects.toThrow(ConnectionError);
    await expect(simulator.fetch(new Request("http://simulator/_ping"))).rejects.toThrow(
      "dropped the connection",
    );
    await fault.remove();

    for (const [name, , , , Status, ExitCode] of seen) {
      const { State, RestartCount } = await engine.containers.inspect(name);
      expect({ name, ...State, RestartCount }).toMatchObject({
        name,
        Status,
        ExitCode,
        Error: "",
        RestartCount: 0,
      });
    }
    await expect(engine.containers.inspect("gone")).rejects.toThrow("No such container");
    await expect(engine.exec.inspect(Id)).rejects.toThrow(`No such exec instance: ${Id}`);
    // The default bridge is made anew, and others stay what they were.
    expect((await engine.networks.inspect("bridge")).Id).not.toBe(bridge.Id);
    expect((await engine.networks.inspect("backend")).Id).toBe(backend.Id);
    expect(simulator.calls.filter(({ fault: number }) => number === 1)).toMatchObject([
      { call: "containers.list", outcome: "failed" },
      { call: "system.ping", outcome: "failed" },
    ]);
    const at = await engine.containers.inspect("always");
    expect(at.NetworkSettings.Networks.backend?.IPAddress).toMatch(/^172\.\d+\.0\.2$/);
  });

  it("tells in events what happens, and forgets what happened before", async () => {
    await using simulator = createSimulator();
    const { engine, faults } = simulator;
    await engine.containers.create(
      { Image: "busybox", Cmd: heeds(3), HostConfig: { RestartPolicy: { Name: "always" } } },
      { name: "web" },
    );
    await engine.containers.start("web");
    await ready(simulator, "web");
    const told: string[] = [];
    const stream = engine.events();
    await stream.opened;
    const reading = (async () => {
      for await (const { Type, Action } of stream) told.push(`${Type} ${Action}`);
    })();
    const fault = await faults.add({ engine: "restarting" });
    await fault.remove();
    await reading;
    expect(told).toEqual(["container kill", "network disconnect", "container stop", "container die"]);
    const after: string[] = [];
    for await (const { Type, Action } of engine.events({
      since: "0",
      until: `${Date.now() / 1_000 + 0.05}`,
    })) {
      after.push(`${Type} ${Action}`);
    }
    expect(after).toEqual(["network connect", "container start"]);
  });

  it("is back by itself after the time that it is given", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    await simulator.faults.add({ engine: "restarting", for: 2_000 });
    await time.advance(1_999);
    await expect(simulator.engine.system.ping()).rejects.toThrow(ConnectionError);
    await time.advance(1);
    expect(await simulator.engine.system.ping()).toBeTruthy();
    expect(simulator.faults.list()).toEqual([]);
  });

  it("comes back from a snapshot that was taken meanwhile", async () => {
    await using simulator = createSimulator();
    await populate(simulator);
    await simulator.faults.add({ engine: "restarting" });
    await expect(simulator.engine.system.ping()).rejects.toThrow(ConnectionError);
    const isStopping = (): boolean => JSON.stringify(simulator.snapshot()).includes('"status":"running"');
    while (isStopping()) await new Promise((resolve) => setTimeout(resolve, 5));
    await using restored = createSimulator({ snapshot: simulator.snapshot() });
    await expect(restored.engine.system.ping()).rejects.toThrow(ConnectionError);
    await restored.faults.clear();
    expect((await restored.engine.containers.inspect("unless")).State.Status).toBe("running");
    expect((await restored.engine.containers.inspect("no")).State.Status).toBe("exited");
  });
});
