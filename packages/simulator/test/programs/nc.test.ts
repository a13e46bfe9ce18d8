import type { Program } from "@dryharbor/kernel";
import { virtualTime } from "@dryharbor/kernel/host";
import { dockerEngine } from "@dryharbor/sdk/docker";
import { type CollectedOutput, collectOutput, type Engine, run } from "@dryharbor/sdk/port";
import Docker, { type DockerOptions } from "dockerode";
import { describe, expect, it } from "vitest";
import { upstreamServers } from "../../src/core/dns/upstream.js";
import { releaseNames } from "../../src/core/releases/row.js";
import { agent } from "../../src/node/agent.js";
import { createSimulator, type Simulator } from "../../src/simulator.js";

/**
 * Runs a script in a container `nc-me` on the first network of a user, 172.18.0.0/16, and returns its output.
 */
async function printed(engine: Engine, script: string, network = "n1"): Promise<CollectedOutput> {
  await engine.networks.create({ Name: "n1" });
  const Cmd = ["sh", "-c", script];
  const request = { Image: "busybox", Cmd, HostConfig: { NetworkMode: network } };
  return run(engine, request, { name: "nc-me" });
}

/** A program that prints its input in hexadecimal. */
const hex: Program = async ({ stdin, stdout }) => {
  for await (const data of stdin) stdout(Buffer.from(data).toString("hex"));
  return 0;
};

// Sent to the embedded server on 20.10 and 28.5, where `nc-me` has 172.18.0.2, and its answers.
const name = "\\5nc-me\\0";
const me = "056e632d6d6500";
const conversations: Record<string, [sent: string, answered: string]> = {
  "a question": [
    `\\0\\27\\22\\64\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1`,
    `002c123481800001000100000000${me}00010001${me}00010001000002580004ac120002`,
  ],
  "no recursion wanted, no such type": [
    `\\0\\27\\22\\64\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\34\\0\\1`,
    `0017123480800001000000000000${me}001c0001`,
  ],
  "another class": [
    `\\0\\27\\22\\64\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\3`,
    `002c123481800001000100000000${me}00010003${me}00010001000002580004ac120002`,
  ],
  "a notification": [
    `\\0\\27\\22\\64\\41\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1`,
    `002c1234a0800001000100000000${me}00010001${me}00010001000002580004ac120002`,
  ],
  "another operation": [
    `\\0\\27\\22\\64\\21\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1`,
    "000c12349104000000000000" + "0000",
  ],
  "no question": ["\\0\\14\\22\\64\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0", "000c12348101000000000000" + "0000"],
  "two questions": [
    `\\0\\42\\22\\64\\1\\0\\0\\2\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1${name}\\0\\1\\0\\1`,
    "000c12348101000000000000" + "0000",
  ],
  "half a question": [
    "\\0\\20\\22\\64\\1\\0\\0\\1\\0\\0\\0\\0\\0\\0\\5nc-",
    "000c12348101000000000000" + "0000",
  ],
  "an answer": [`\\0\\27\\22\\64\\201\\0\\0\\1\\0\\0\\0\\0\\0\\0${name}\\0\\1\\0\\1`, ""],
  "less than a header": ["\\0\\3abc", ""],
};

describe("to the embedded DNS server", () => {
  it.each(Object.entries(conversations))("%s is answered as by the engine", async (_, [sent, answered]) => {
    await using simulator = createSimulator({ programs: { hex } });
    const { stdout } = await printed(simulator.engine, `printf '${sent}' | nc 127.0.0.11 53 | hex`);
    expect(stdout).toBe(answered);
  });

  it.each([
    [":", 2],
    [`printf '${conversations["a question"]![0]}'`, 8],
  ])("after `%s` a connection ends within %i seconds", async (before, seconds) => {
    const time = virtualTime();
    await using simulator = createSimulator({ time });
    const { engine } = simulator;
    await engine.networks.create({ Name: "n1" });
    const Cmd = ["sh", "-c", `(${before}; sleep 99) | (nc 127.0.0.11 53 >/dev/null; echo over)`];
    const { Id } = await engine.containers.create({
      Image: "busybox",
      Cmd,
      HostConfig: { NetworkMode: "n1" },
    });
    await engine.containers.start(Id);
    const said = async () => (await collectOutput(await engine.containers.logs(Id, { stdout: true }))).stdout;
    await time.advance(seconds * 1000 - 100);
    expect(await said()).toBe("");
    await time.advance(200);
    expect(await said()).toBe("over\n");
  });
});

// Seen on 20.10 and 28.5, on a host without an uplink.
const failures: [network: string, command: string, message: string][] = [
  ["n1", "nc 127.0.0.1 81", "can't connect to remote host (127.0.0.1): Connection refused"],
  ["n1", "nc localhost 9", "can't connect to remote host (127.0.0.1): Connection refused"],
  ["n1", "nc 127.0.0.11", "can't connect to remote host (127.0.0.11): Connection refused"],
  ["n1", "nc ::1 53", "can't connect to remote host: Connection refused"],
  ["n1", "nc 172.18.0.1 53", "can't connect to remote host (172.18.0.1): Connection refused"],
  ["n1", "nc 172.17.0.1 9", "can't connect to remote host (172.17.0.1): Connection refused"],
  ["n1", "nc 172.18.0.77 99", "can't connect to remote host (172.18.0.77): No route to host"],
  ["n1", "nc -w 1 172.18.0.77 9", "timed out"],
  ["n1", "nc 172.17.0.9 9", "can't connect to remote host (172.17.0.9): Connection timed out"],
  ["n1", "nc 192.0.2.1 99", "can't connect to remote host (192.0.2.1): Network is unreachable"],
  ["n1", "nc nosuch 53", "bad address 'nosuch'"],
  ["n1", "nc 300.1.1.1 9", "bad address '300.1.1.1'"],
  ["n1", "nc 127.0.0.11 domain", "bad port 'domain'"],
  ["n1", "nc 127.0.0.11 99999", "bad port '99999'"],
  ["none", "nc 192.0.2.1 53", "can't connect to remote host (192.0.2.1): Network is unreachable"],
  ["host", "nc 172.18.0.1 9", "can't connect to remote host (172.18.0.1): Connection refused"],
  ["host", "nc 172.18.0.9 9", "can't connect to remote host (172.18.0.9): No route to host"],
];

it.each(failures)("on %s, %s: %s", async (network, command, message) => {
  const time = virtualTime();
  await using simulator = createSimulator({ time });
  const done = printed(simulator.engine, command, network);
  await time.advance(200_000);
  expect(await done).toMatchObject({ stdout: "", stderr: `nc: ${message}\n` });
});

const dnsServer = "10.9.9.9";

function probing(simulator: Simulator): Engine {
  const options = { protocol: "http", host: "simulator", agent: agent(simulator) } as DockerOptions;
  return dockerEngine({ docker: new Docker(options), dnsTimeout: 500 });
}

describe.each(releaseNames)("the docker driver's probe on %s", (release) => {
  const upstream = upstreamServers([
    { address: dnsServer, zone: { "up.test": { A: ["192.0.2.1"] }, "mute.test": { status: "SILENT" } } },
  ]);
  const settings = { hostResolvConf: `nameserver ${dnsServer}\n` };

  it("hears what the resolver says, its silence too, and leaves nothing behind", async () => {
    // The embedded server waits four seconds for the mute one, which pass at once.
    const time = virtualTime();
    const timer = setInterval(() => time.advance(200), 2);
    using _ = { [Symbol.dispose]: () => clearInterval(timer) };
    await using simulator = createSimulator({ release, upstream, settings, time });
    const { engine } = simulator;
    await engine.networks.create({ Name: "n1" });
    const Cmd = ["sleep", "100000"];
    for (const NetworkMode of ["n1", "bridge", "none"]) {
      const { Id } = await engine.containers.create({ Image: "busybox", Cmd, HostConfig: { NetworkMode } });
      await engine.containers.start(Id);
      const self = { name: Id.slice(0, 12) };
      const queries = [self, { name: "mute.test" }, { name: "up.test" }, { name: "nobody" }];
      const heard = await probing(simulator).dns.resolveAll(Id, queries);
      expect(heard).toEqual(await engine.dns.resolveAll(Id, queries));
    }
    expect(await engine.containers.list({ all: true })).toHaveLength(3);
  });
});
