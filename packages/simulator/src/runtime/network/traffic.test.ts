import { collectOutput } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";
import type { ObservedPacket } from "./traffic.js";

/** What a packet is, on one line. */
function line({ from, to, sentTo, protocol, kind, dns, lost }: ObservedPacket): string {
  const end = (place: typeof from) => place.container ?? place.place;
  const said = dns && `${dns.name} ${dns.type}${dns.status ? ` ${dns.status} ${dns.records.join()}` : " ?"}`;
  const where = to ? end(to) : `(${sentTo.address} ${lost})`;
  return [end(from), "->", where, protocol, kind, said].filter(Boolean).join(" ").trim();
}

async function start(simulator: Simulator, name: string, network: string): Promise<void> {
  const { containers } = simulator.engine;
  await containers.create({ Image: "busybox", Cmd: ["top"], HostConfig: { NetworkMode: network } }, { name });
  await containers.start(name);
}

/** Runs a command in a container to its end, and returns the packets that were seen meanwhile. */
async function seen(simulator: Simulator, container: string, command: string): Promise<string[]> {
  const lines: string[] = [];
  const stop = await simulator.watchTraffic((packet) => lines.push(line(packet)));
  const { exec } = simulator.engine;
  const { Id } = await exec.create(container, { Cmd: ["sh", "-c", command], AttachStdout: true });
  await collectOutput(await exec.start(Id));
  stop();
  return lines;
}

it("tells of questions and answers, and of packets to the container that was found", async () => {
  await using simulator = createSimulator();
  await simulator.engine.networks.create({ Name: "frontend" });
  await start(simulator, "web", "frontend");
  await start(simulator, "db", "frontend");
  const lines = await seen(simulator, "web", "ping -c 1 db");
  expect(lines.filter((each) => each.includes("db A"))).toEqual([
    "web -> web udp db A ?",
    "web -> web udp db AAAA ?",
    "web -> web udp db A found 172.18.0.3",
    "web -> web udp db AAAA no-data",
  ]);
  expect(lines.filter((each) => each.includes("icmp"))).toEqual([
    "web -> db icmp echo-request",
    "db -> web icmp echo-reply",
  ]);
});

it("tells of a connection that is refused", async () => {
  await using simulator = createSimulator();
  await simulator.engine.networks.create({ Name: "frontend" });
  await start(simulator, "web", "frontend");
  await start(simulator, "db", "frontend");
  const lines = await seen(simulator, "web", "nc 172.18.0.3 81 < /dev/null; true");
  expect(lines.filter((each) => each.includes("tcp"))).toEqual(["web -> db tcp S", "db -> web tcp R."]);
});

it("says why a packet is lost", async () => {
  await using simulator = createSimulator();
  for (const Name of ["one", "other"]) await simulator.engine.networks.create({ Name });
  await start(simulator, "web", "one");
  await start(simulator, "db", "other");
  const lines = await seen(simulator, "web", "ping -c 1 -W 1 172.19.0.2; true");
  expect(lines.filter((each) => each.includes("icmp"))).toEqual([
    "web -> (172.19.0.2 between-networks) icmp echo-request",
  ]);
});

it("watches containers that start later, and nothing after the end", async () => {
  await using simulator = createSimulator();
  await simulator.engine.networks.create({ Name: "one" });
  const lines: string[] = [];
  const stop = await simulator.watchTraffic((packet) => lines.push(line(packet)));
  await start(simulator, "web", "one");
  await start(simulator, "db", "one");
  await seen(simulator, "db", "ping -c 1 web");
  expect(lines).toContain("db -> web icmp echo-request");
  stop();
  const count = lines.length;
  await seen(simulator, "db", "ping -c 1 web");
  expect(lines).toHaveLength(count);
});

it("tells of what the host asks of a published port", async () => {
  await using simulator = createSimulator();
  const { containers } = simulator.engine;
  const HostConfig = { PortBindings: { "80/tcp": [{ HostPort: "8080" }] } };
  await containers.create(
    {
      Image: "busybox",
      Cmd: ["nc", "-l", "-p", "80", "-e", "date"],
      ExposedPorts: { "80/tcp": {} },
      HostConfig,
    },
    { name: "web" },
  );
  await containers.start("web");
  const lines: string[] = [];
  const stop = await simulator.watchTraffic((packet) => lines.push(line(packet)));
  const connection = await simulator.host.connect(8080);
  await connection.read();
  connection.close();
  stop();
  expect(lines.filter((each) => each.includes("tcp S"))).toContain("host -> web tcp S");
  expect(lines).toContain("web -> host tcp P.");
});

it("tells of a question on a link that nobody answers", async () => {
  await using simulator = createSimulator();
  await simulator.engine.networks.create({ Name: "one" });
  await start(simulator, "web", "one");
  const lines = await seen(simulator, "web", "ping -c 1 -W 1 172.18.0.9; true");
  expect(lines).toContain("web -> (172.18.0.9 nobody) arp request");
});
