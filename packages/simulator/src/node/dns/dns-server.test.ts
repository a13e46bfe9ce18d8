import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { buffer } from "node:stream/consumers";
import { decodeMessage, encodeMessage, frameMessage } from "@dryharbor/kernel/dns-message";
import { UsageError } from "@dryharbor/sdk/port";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../simulator.js";
import { dnsServer, type ServedDns } from "./dns-server.js";

let simulator: Simulator;
let dns: ServedDns;

beforeEach(async () => {
  simulator = createSimulator();
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "backend" });
  for (const name of ["web", "db"]) {
    const request = { Image: "busybox", Cmd: ["sleep", "1000"], HostConfig: { NetworkMode: "backend" } };
    await containers.create(request, { name });
    await containers.start(name);
  }
  dns = await dnsServer(simulator, { as: "web" });
});
afterEach(async () => {
  await dns.close();
  await simulator.close();
});

function query(name: string, id = 7): Uint8Array {
  return encodeMessage({
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    code: 0,
    questions: [{ name, type: "A", class: 1 }],
    answers: [],
    authorities: [],
    additionals: [],
  });
}

/** Sends datagrams, and returns what comes back until there is silence. */
async function ask(...messages: Uint8Array[]): Promise<Uint8Array[]> {
  const socket = createSocket("udp4");
  const replies: Uint8Array[] = [];
  socket.on("message", (reply) => replies.push(reply));
  for (const message of messages) socket.send(message, dns.port, dns.address);
  await new Promise((resolve) => setTimeout(resolve, 150));
  socket.close();
  return replies;
}

it("answers over UDP, with the name as it was asked", async () => {
  const [reply] = await ask(query("DB"));
  const { id, code, questions, answers } = decodeMessage(reply!);
  expect({ id, code }).toEqual({ id: 7, code: 0 });
  expect(questions[0]?.name).toBe("DB");
  expect(answers).toEqual([{ name: "DB", type: "A", class: 1, ttl: 600, address: "172.18.0.3" }]);
});

it("answers over TCP, several messages of one connection in order, also in pieces", async () => {
  const socket = connect(dns.port, dns.address);
  const all = Buffer.concat([query("db", 1), query("web", 2), query("db", 3)].map(frameMessage));
  socket.write(all.subarray(0, 5));
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.end(all.subarray(5));
  const replies = await buffer(socket);
  const ids: number[] = [];
  for (let at = 0; at < replies.length; ) {
    const length = replies.readUInt16BE(at);
    ids.push(decodeMessage(replies.subarray(at + 2, at + 2 + length)).id);
    at += 2 + length;
  }
  expect(ids).toEqual([1, 2, 3]);
});

it("is silent about what is no query, while the container does not run, and as on the default bridge", async () => {
  const answer = query("db");
  answer[2]! |= 0x80;
  expect(await ask(answer, new Uint8Array(11))).toEqual([]);
  await simulator.engine.containers.stop("web");
  expect(await ask(query("db"))).toEqual([]);
  await simulator.engine.containers.start("web");
  expect(await ask(query("db"))).toHaveLength(1);
  const resolve = await simulator.resolver("nobody");
  expect(resolve(query("db"))).toBeUndefined();
  await simulator.engine.containers.create({ Image: "busybox", Cmd: ["sleep", "9"] }, { name: "nobody" });
  await simulator.engine.containers.start("nobody");
  expect(resolve(query("db"))).toBeUndefined();
});

it("refuses an address that others reach, and a port that is taken", async () => {
  await expect(dnsServer(simulator, { as: "web", address: "0.0.0.0" })).rejects.toThrow(UsageError);
  await expect(dnsServer(simulator, { as: "web", port: dns.port })).rejects.toThrow(
    `cannot listen for DNS on 127.0.0.1:${dns.port}: the port is in use. Give another one`,
  );
});

it("closes a connection that says nothing", { timeout: 10_000 }, async () => {
  const socket = connect(dns.port, dns.address);
  const began = performance.now();
  socket.resume();
  await once(socket, "close");
  expect(performance.now() - began).toBeGreaterThan(1_500);
});
