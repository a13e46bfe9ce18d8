import { virtualTime } from "@dryharbor/kernel/host";
import { expect, it } from "vitest";
import { createSimulator, type Simulator } from "../simulator.js";

async function populated(time = virtualTime()): Promise<Simulator> {
  const simulator = createSimulator({ time });
  const { containers, networks, volumes } = simulator.engine;
  await networks.create({ Name: "backend" });
  await volumes.create({ Name: "data" });
  for (const name of ["web", "db"]) {
    await containers.create(
      {
        Image: "busybox",
        Cmd: ["sh", "-c", "echo up; echo own >/own; echo kept >/data/kept; sleep 1000000"],
        HostConfig: { NetworkMode: "backend", Binds: ["data:/data"], RestartPolicy: { Name: "always" } },
        Healthcheck: { Test: ["CMD", "true"], Interval: 1_000_000_000 },
      },
      { name },
    );
    await containers.start(name);
  }
  await time.advance(2_500);
  return simulator;
}

it("is the state of its moment, as a snapshot has it", async () => {
  await using simulator = await populated();
  const snapshot = simulator.snapshot();
  await using fork = await simulator.fork();
  expect(fork.snapshot()).toEqual(snapshot);
  // It is awake now.
  expect((await fork.engine.containers.list()).map(({ Names }) => Names[0])).toEqual(["/db", "/web"]);
});

it("stays what it was, whatever the other one does", async () => {
  const time = virtualTime();
  await using simulator = await populated(time);
  const { containers, networks, exec } = simulator.engine;
  await using asleep = await simulator.fork({ time: virtualTime(time.now()) });
  const before = asleep.snapshot();
  await containers.update("web", {
    Memory: 64 * 2 ** 20,
    MemorySwap: 128 * 2 ** 20,
    RestartPolicy: { Name: "no" },
  });
  await containers.rename("web", "front");
  await networks.disconnect("backend", { Container: "db" });
  await networks.connect("bridge", { Container: "db" });
  const { Id } = await exec.create("front", {
    Cmd: ["sh", "-c", "echo changed >/own; echo changed >/data/kept; echo 1.2.3.4 x >>/etc/hosts"],
  });
  await exec.start(Id, { Detach: true });
  await time.advance(60_000);
  await containers.stop("db", { t: 0 });
  await containers.remove("db", { v: true });
  await simulator.faults.add({ engine: "disk full" });
  expect(asleep.snapshot()).toEqual(before);

  await using one = await asleep.fork();
  await one.engine.containers.remove("web", { force: true });
  await using other = await asleep.fork();
  expect((await other.engine.containers.inspect("web")).State.Running).toBe(true);
  await expect(other.engine.containers.inspect("front")).rejects.toThrow("No such container");
  expect(other.faults.list()).toEqual([]);
});

it("goes its own way, with the same chance and a time of its own", async () => {
  const time = virtualTime();
  await using simulator = await populated(time);
  const own = virtualTime(time.now());
  await using fork = await simulator.fork({ time: own });
  const [one, other] = await Promise.all(
    [simulator, fork].map(({ engine }) => engine.networks.create({ Name: "next" })),
  );
  expect(one).toEqual(other);
  await own.advance(600_000);
  const { State } = await fork.engine.containers.inspect("web");
  expect(State.Health?.Status).toBe("healthy");
  expect(Date.parse(State.Health!.Log!.at(-1)!.End)).toBeGreaterThan(
    Number(time.now() / 1_000_000n) + 590_000,
  );
});

it("does no work after its end", async () => {
  await using simulator = await populated();
  const fork = await simulator.fork();
  await fork.close();
  expect(() => fork.engine).toThrow("this simulator is closed: make another one");
});
