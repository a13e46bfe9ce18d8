// The DNS server behind the lab's engines. It answers from zone.json, and NXDOMAIN for any other name.
//   node upstream.mjs ADDRESS
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";

const [address] = process.argv.slice(2);
const zone = JSON.parse(readFileSync(new URL("zone.json", import.meta.url), "utf8"));

const types = { A: 1, CNAME: 5, PTR: 12, AAAA: 28, OPT: 41 };
const statuses = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 };
const ttl = 60;
const udpWithoutEdns = 512;
// A pointer to the question's name, which the first record of every answer repeats.
const pointerToQuestion = Buffer.from([0xc0, 12]);

const encodeName = (name) =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.of(0),
  ]);

function encodeIPv6(text) {
  const [head, tail = ""] = text.split("::");
  const groups = (part) => part.split(":").filter((group) => group !== "");
  const zeros = Array(8 - groups(head).length - groups(tail).length).fill("0");
  return Buffer.from(
    [...groups(head), ...zeros, ...groups(tail)].flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}

const encodeData = {
  A: (text) => Buffer.from(text.split(".").map(Number)),
  AAAA: encodeIPv6,
  CNAME: encodeName,
  PTR: encodeName,
};

function encodeRecord(owner, type, value) {
  const data = encodeData[type](value);
  const head = Buffer.alloc(10);
  head.writeUInt16BE(types[type], 0);
  head.writeUInt16BE(1, 2);
  head.writeUInt32BE(ttl, 4);
  head.writeUInt16BE(data.length, 8);
  return Buffer.concat([owner, head, data]);
}

function decodeQuery(message) {
  let at = 12;
  const labels = [];
  while (message[at] !== 0) {
    if (at >= message.length) throw new RangeError("a name without an end");
    labels.push(message.toString("latin1", at + 1, at + 1 + message[at]));
    at += 1 + message[at];
  }
  const end = at + 5;
  const type = message.readUInt16BE(at + 1);
  // A query has at most one record beside its question: that of EDNS, under the root's name.
  const edns = message.readUInt16BE(10) > 0 && message.readUInt16BE(end + 1) === types.OPT;
  return {
    question: message.subarray(12, end),
    name: labels.join(".").toLowerCase(),
    type: Object.keys(types).find((key) => types[key] === type),
    udpLimit: edns ? Math.max(udpWithoutEdns, message.readUInt16BE(end + 3)) : udpWithoutEdns,
    edns,
  };
}

function answersOf(name, type) {
  const entry = zone[name];
  if (entry.CNAME === undefined || type === "CNAME") {
    return [entry[type] ?? []].flat().map((value) => encodeRecord(pointerToQuestion, type, value));
  }
  const target = encodeName(entry.CNAME);
  const targets = (zone[entry.CNAME]?.[type] ?? []).map((value) => encodeRecord(target, type, value));
  return [encodeRecord(pointerToQuestion, "CNAME", entry.CNAME), ...targets];
}

function respond(message, limitOf) {
  let query;
  try {
    query = decodeQuery(message);
  } catch {
    return undefined; // not DNS: the lab's engines never send it, and a stray packet must not end the server
  }
  const entry = zone[query.name];
  const status = entry === undefined ? "NXDOMAIN" : (entry.status ?? "NOERROR");
  if (status === "SILENT") return undefined;
  const answers = status === "NOERROR" ? answersOf(query.name, query.type) : [];
  const opt = query.edns ? Buffer.from([0, 0, types.OPT, 0x04, 0xd0, 0, 0, 0, 0, 0, 0]) : Buffer.alloc(0);

  const room = limitOf(query) - 12 - query.question.length - opt.length;
  const truncated = answers.reduce((sum, answer) => sum + answer.length, 0) > room;
  const sent = truncated ? [] : answers;

  const header = Buffer.alloc(12);
  message.copy(header, 0, 0, 2);
  const recursionDesired = message[2] & 0x01;
  header[2] = 0x80 | (truncated ? 0x02 : 0) | recursionDesired;
  header[3] = 0x80 | statuses[status];
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(sent.length, 6);
  header.writeUInt16BE(query.edns ? 1 : 0, 10);
  return Buffer.concat([header, query.question, ...sent, opt]);
}

const udp = createSocket("udp4", (message, from) => {
  const response = respond(message, (query) => query.udpLimit);
  if (response !== undefined) udp.send(response, from.port, from.address);
});

const tcp = createServer((socket) => {
  let pending = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
      const length = pending.readUInt16BE(0);
      const response = respond(pending.subarray(2, 2 + length), () => 0xffff);
      pending = pending.subarray(2 + length);
      if (response === undefined) continue;
      socket.write(Buffer.concat([Buffer.from([response.length >> 8, response.length & 0xff]), response]));
    }
  });
});

udp.bind(53, address, () => tcp.listen(53, address, () => console.log(`answering on ${address}`)));
