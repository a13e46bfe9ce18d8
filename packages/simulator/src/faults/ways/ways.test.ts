import { type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
import { collectOutput } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";
import type { Fault } from "../fault.js";

async function withContainers(time: VirtualTime): Promise<Simulator> {
  const simulator = createSimulator({ time });
  const { engine } = simulator;
  for (const Name of ["front", "back"]) await engine.networks.create({ Name });
  for (const name of ["web", "db"]) {
    await engine.containers.create(
      {
        Image: "busybox",
        Cmd: ["sh", "-c", "while true; do echo hello | nc -l -p 80; done"],
        HostConfig: { NetworkMode: "front" },
      },
      { name },
    );
    await engine.networks.connect("back", { Container: name });
    await engine.containers.start(name);
  }
  await time.advance(10);
  return simulator;
}

/** Runs a command in a container, while time passes. Returns what it prints, and how long it takes in milliseconds. */
async function run(
  simulator: Simulator,
  time: VirtualTime,
  container: string,
  command: string,
): Promise<{ text: string; took: number }> {
  const { engine } = simulator;
  const { Id } = await engine.exec.create(container, {
    Cmd: ["sh", "-c", command],
    AttachStdout: true,
    AttachStderr: true,
  });
  const output = collectOutput(await engine.exec.start(Id, {}));
  const began = time.now();
  let text: string | undefined;
  output.then(({ stdout, stderr }) => {
    text = stdout + stderr;
  });
  for (let step = 0; text === undefined && step < 4_000; step++) await time.advance(50);
  return { text: text ?? "(nothing)", took: Number(time.now() - began) / 1e6 };
}

const ping = (to: string, count = 1, patience = 1) => `ping -c ${count} -W ${patience} ${to}`;

describe("faults of ways", () => {
  it("part two containers in both directions, until they are gone", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    const fault = await simulator.faults.add({ between: ["web", "db"], partition: true });
    for (const [from, to] of [
      ["web", "db"],
      ["db", "web"],
    ] as const) {
      expect((await run(simulator, time, from, ping(to))).text).toContain("100% packet loss");
      expect(await simulator.reach(from, to)).toMatchObject({ reached: false, reason: "fault" });
    }
    expect((await simulator.reach("host", (await simulator.reach("web", "db")).address!)).reached).toBe(true);
    await fault.remove();
    expect((await run(simulator, time, "web", ping("db"))).text).toContain(" 0% packet loss");
    expect(await simulator.reach("web", "db", { port: 80 })).toMatchObject({ reached: true });
  });

  it("part them in one direction, so that answers do not come back", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    await simulator.faults.add({ from: "db", to: "web", partition: true });
    expect((await run(simulator, time, "web", ping("db"))).text).toContain("100% packet loss");
    expect(await simulator.reach("web", "db")).toMatchObject({ reason: "fault", by: "db" });
    const [answer] = await simulator.engine.traffic.probe("web", [
      { address: (await simulator.reach("web", "db")).address!, port: 80 },
    ]);
    expect(answer).toBe("silent");
  });

  it("part a network, and not another one", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    await simulator.faults.add({ network: "front", partition: true });
    const { NetworkSettings } = await simulator.engine.containers.inspect("db");
    const at = (network: string) => NetworkSettings.Networks[network]!.IPAddress;
    expect(await simulator.reach("web", at("front"))).toMatchObject({ reason: "fault" });
    expect(await simulator.reach("web", at("back"))).toMatchObject({ reached: true });
  });

  it("make pings late by the latency of both directions, and vary it", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    await simulator.faults.add({ between: ["web", "db"], latency: 100 });
    expect((await run(simulator, time, "web", ping("db"))).text).toMatch(/seq=0 ttl=64 time=200\.\d{3} ms/);
    await simulator.faults.clear();
    await simulator.faults.add({ from: "web", to: "db", latency: 100, jitter: 50 });
    const { text } = await run(simulator, time, "web", ping("db", 8));
    const times = [...text.matchAll(/time=([\d.]+)/g)].map(([, each]) => Number(each));
    expect(times).toHaveLength(8);
    expect(times.every((each) => each >= 50 && each <= 151)).toBe(true);
    expect(new Set(times.map(Math.round)).size).toBeGreaterThan(4);
  });

  it("lose some packets, by the seed", async () => {
    const lost = async (): Promise<string> => {
      const time = virtualTime();
      await using simulator = await withContainers(time);
      await simulator.faults.add({ from: "web", to: "db", loss: 0.3 });
      const { text } = await run(simulator, time, "web", ping("db", 50));
      return /(\d+)% packet loss/.exec(text)?.[1] ?? text;
    };
    const share = Number(await lost());
    expect(share).toBeGreaterThan(10);
    expect(share).toBeLessThan(50);
    expect(Number(await lost())).toBe(share);
  });

  it.each<[string, Fault, number, number]>([
    ["nothing", { between: ["web", "host"], latency: 1 }, 0, 200],
    // The greeting and its answer, and the end of what is sent.
    ["latency", { between: ["web", "db"], latency: 500 }, 1_500, 2_500],
    ["loss, after which TCP sends again", { between: ["web", "db"], loss: 0.4 }, 1, 60_000],
  ])("let a connection have all that is sent through: %s", async (_, fault, least, most) => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    await simulator.faults.add(fault);
    const { text, took } = await run(simulator, time, "web", "nc db 80");
    expect(text).toBe("hello\n");
    expect(took).toBeGreaterThanOrEqual(least);
    expect(took).toBeLessThanOrEqual(most);
  });

  it("let bytes come as slowly as the bandwidth says, all of them and in order", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    const lines = Array.from({ length: 10_000 }, (_, at) => `${at + 1}\n`).join("");
    await run(simulator, time, "db", "mkdir /www; seq 1 10000 > /www/numbers; httpd -p 81 -h /www");
    await simulator.faults.add({ from: "db", to: "web", bandwidth: 10_000 });
    const { text, took } = await run(simulator, time, "web", "wget -q -O - http://db:81/numbers");
    expect([text.length, text === lines]).toEqual([lines.length, true]);
    expect(took).toBeGreaterThan((lines.length / 10_000) * 1_000);
    expect(took).toBeLessThan((lines.length / 10_000) * 1_150);
  });

  it("reset connections that begin, and those that are there", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    const { engine } = simulator;
    await engine.exec
      .create("db", { Cmd: ["sh", "-c", "nc -l -p 82 > /got; echo ended > /end"] })
      .then(({ Id }) => engine.exec.start(Id, { Detach: true } as never));
    await time.advance(100);
    const { Id } = await engine.exec.create("web", {
      Cmd: ["sh", "-c", "(echo first; sleep 10; echo second; sleep 10) | nc db 82; echo over"],
      AttachStdout: true,
      AttachStderr: true,
    });
    const output = collectOutput(await engine.exec.start(Id, {}));
    await time.advance(1_000);
    await using fault = await simulator.faults.add({ between: ["web", "db"], reset: true });
    expect((await run(simulator, time, "web", "nc db 80")).text).toContain("Connection refused");
    expect(await simulator.reach("web", "db", { port: 80 })).toMatchObject({ reason: "reset" });
    await time.advance(30_000);
    expect((await output).stdout).toContain("over");
    await fault.remove();
    expect((await run(simulator, time, "db", "cat /got /end")).text).toBe("first\nended\n");
  });

  it("hold up the host's way to a published port, and nobody else's", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    await simulator.engine.containers.create(
      {
        Image: "busybox",
        Cmd: ["sh", "-c", "while true; do echo hello | nc -l -p 80; done"],
        ExposedPorts: { "80/tcp": {} },
        HostConfig: { PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
      },
      { name: "web" },
    );
    await simulator.engine.containers.start("web");
    await time.advance(10);
    const { NetworkSettings } = await simulator.engine.containers.inspect("web");
    const { IPAddress } = NetworkSettings.Networks.bridge!;
    const reached = async (from: string): Promise<string> => (await simulator.reach(from, IPAddress)).reason;
    expect([await reached("host"), await reached("web")]).toEqual(["answers", "answers"]);
    await simulator.faults.add({ from: "host", to: "web", partition: true });
    expect([await reached("host"), await reached("web")]).toEqual(["fault", "answers"]);
  });
});

describe("faults of names", () => {
  it("answer what they say, at once or late", async () => {
    const time = virtualTime();
    await using simulator = await withContainers(time);
    const { engine, faults } = simulator;
    const look = (name: string) => engine.dns.resolve("web", { name });
    const fault = await faults.add({ name: "db", answer: "SERVFAIL", times: 2 });
    expect([(await look("db")).status, (await look("DB.")).status, (await look("db")).status]).toEqual([
      "server-failure",
      "server-failure",
      "found",
    ]);
    expect(fault.struck).toBe(2);
    await faults.add({ name: "*", asker: "web", answer: "silence" });
    expect([(await look("db")).status, (await engine.dns.resolve("db", { name: "web" })).status]).toEqual([
      "no-reply",
      "found",
    ]);
    await faults.clear();
    await faults.add({ name: "db", late: 3_000 });
    const { text, took } = await run(simulator, time, "web", ping("db"));
    expect(text).toContain(" 0% packet loss");
    expect(took).toBeGreaterThanOrEqual(3_000);
  });

  it("strike on the default bridge as well, where a server outside answers", async () => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "1000"] }, { name: "web" });
    await simulator.engine.containers.start("web");
    expect((await simulator.engine.dns.resolve("web", { name: "example.com" })).status).toBe("no-such-name");
    await simulator.faults.add({ name: "example.com", answer: "SERVFAIL" });
    expect((await simulator.engine.dns.resolve("web", { name: "example.com" })).status).toBe(
      "server-failure",
    );
    expect((await run(simulator, time, "web", "nslookup example.com")).text).toContain("SERVFAIL");
    await simulator.faults.clear();
    await simulator.faults.add({ name: "example.com", answer: "silence" });
    expect((await run(simulator, time, "web", "nslookup example.com")).text).toContain(
      "no servers could be reached",
    );
  });
});
