import { type Random, seededRandom } from "../src/core/random.js";

/** The bytes to send over one connection, and what the client does then. */
export interface Attempt {
  readonly bytes: Buffer;
  /** The approximate number of requests in the bytes. */
  readonly requests: number;
  /** `ends`: the client closes its half and reads on. `vanishes`: it closes the connection. */
  readonly then: "ends" | "vanishes";
}

/** Yields attempts without end. The same seed gives the same attempts. */
export function* attempts(seed: number): Generator<Attempt, never> {
  const random = seededRandom(seed);
  for (;;) yield kinds[random.below(kinds.length)]!(random);
}

type Kind = (random: Random) => Attempt;

const one = (bytes: Buffer | string, then: Attempt["then"] = "ends", requests = 1): Attempt => ({
  bytes: typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes,
  requests,
  then,
});

const pick = <T>(random: Random, from: readonly T[]): T => from[random.below(from.length)]!;
const chance = (random: Random, of: number): boolean => random.below(of) === 0;

const kinds: readonly Kind[] = [
  // Random bytes.
  (random) => one(noise(random, random.below(400))),
  // Requests with a few bytes changed.
  (random) => one(mutated(random, request(random)), chance(random, 4) ? "vanishes" : "ends"),
  (random) => one(mutated(random, request(random))),
  // A client that stops in the middle.
  (random) => {
    const whole = request(random);
    return one(whole.subarray(0, random.below(whole.length)), chance(random, 2) ? "vanishes" : "ends");
  },
  // Bodies that are not JSON, or not of the expected shape: many on one connection.
  manyBodies,
  manyBodies,
  manyBodies,
  // Malformed paths and queries.
  manyPaths,
  manyPaths,
  // Malformed headers.
  (random) => one(oddHeaders(random)),
  // Malformed chunks.
  (random) => one(oddChunks(random)),
  // Bodies that are longer or shorter than they say, or just long.
  (random) => one(oddLength(random), chance(random, 3) ? "vanishes" : "ends"),
  // Streams that are opened and left.
  (random) => one(hijack(random), "vanishes"),
];

const names = [
  "a",
  "b",
  "busybox",
  "bridge",
  "host",
  "none",
  "",
  "%00",
  "..",
  "a%2Fb",
  "💥",
  "x".repeat(300),
];

const targets: readonly (readonly [method: string, path: string])[] = [
  ["GET", "/networks"],
  ["GET", "/networks/NAME"],
  ["POST", "/networks/create"],
  ["POST", "/networks/NAME/connect"],
  ["POST", "/networks/NAME/disconnect"],
  ["POST", "/networks/prune"],
  ["DELETE", "/networks/NAME"],
  ["GET", "/containers/json"],
  ["GET", "/containers/NAME/json"],
  ["GET", "/containers/NAME/logs?stdout=1"],
  ["GET", "/containers/NAME/top"],
  ["GET", "/containers/NAME/stats?stream=0"],
  ["GET", "/containers/NAME/changes"],
  ["GET", "/containers/NAME/export"],
  ["GET", "/containers/NAME/archive?path=/etc"],
  ["HEAD", "/containers/NAME/archive?path=/etc/hosts"],
  ["PUT", "/containers/NAME/archive?path=/tmp"],
  ["POST", "/containers/create?name=NAME"],
  ["POST", "/containers/NAME/start"],
  ["POST", "/containers/NAME/stop?t=0"],
  ["POST", "/containers/NAME/restart?t=0"],
  ["POST", "/containers/NAME/kill"],
  ["POST", "/containers/NAME/pause"],
  ["POST", "/containers/NAME/unpause"],
  ["POST", "/containers/NAME/rename?name=NAME"],
  ["POST", "/containers/NAME/update"],
  ["POST", "/containers/NAME/resize?h=1&w=1"],
  ["POST", "/containers/NAME/exec"],
  ["POST", "/containers/NAME/wait"],
  ["POST", "/containers/prune"],
  ["DELETE", "/containers/NAME?force=1"],
  ["POST", "/exec/NAME/start"],
  ["GET", "/exec/NAME/json"],
  ["GET", "/images/json"],
  ["GET", "/images/NAME/json"],
  ["GET", "/images/NAME/history"],
  ["POST", "/images/create?fromImage=NAME"],
  ["POST", "/images/create?fromSrc=-"],
  ["POST", "/images/load"],
  ["GET", "/images/NAME/get"],
  ["POST", "/images/NAME/tag?repo=NAME&tag=NAME"],
  ["DELETE", "/images/NAME"],
  ["POST", "/commit?container=NAME"],
  ["GET", "/volumes"],
  ["POST", "/volumes/create"],
  ["GET", "/volumes/NAME"],
  ["DELETE", "/volumes/NAME"],
  ["GET", "/events?since=1&until=1"],
  ["GET", "/system/df"],
  ["GET", "/info"],
  ["GET", "/version"],
  ["GET", "/_ping"],
  ["POST", "/auth"],
  ["POST", "/build"],
  ["GET", "/swarm"],
  ["GET", "/nodes"],
  ["GET", "/services"],
  ["GET", "/plugins"],
  ["GET", "/distribution/NAME/json"],
];

const queries = [
  "all",
  "filters",
  "limit",
  "since",
  "until",
  "tail",
  "t",
  "signal",
  "name",
  "stream",
  "detachKeys",
];
const values = [
  "1",
  "0",
  "-1",
  "true",
  "x",
  "%",
  "%zz",
  "9".repeat(30),
  "{",
  "{}",
  "[]",
  '{"name":["a"]}',
  '{"name":{"a":true}}',
  '{"until":["x"]}',
  '{"label":[""]}',
  "2001-02-03T04:05:06Z",
  "-9223372036854775808",
  "ctrl-p,ctrl-q",
  "SIGKILL",
  "💥",
  "",
];

const bodies: readonly object[] = [
  {
    Name: "a",
    Driver: "bridge",
    IPAM: { Config: [{ Subnet: "10.5.0.0/24", Gateway: "10.5.0.1" }] },
    Options: {},
    Labels: {},
  },
  { Name: "b", Driver: "macvlan", EnableIPv6: true, IPAM: { Config: [{ Subnet: "fd00::/64" }] } },
  {
    Container: "a",
    EndpointConfig: { Aliases: ["x"], IPAMConfig: { IPv4Address: "10.5.0.9" }, Links: ["b:c"] },
  },
  { Container: "a", Force: true },
  {
    Image: "busybox",
    Cmd: ["cat"],
    OpenStdin: true,
    Env: ["A=b"],
    ExposedPorts: { "80/tcp": {} },
    HostConfig: {
      NetworkMode: "bridge",
      PortBindings: { "80/tcp": [{ HostPort: "0" }] },
      Binds: ["v:/v"],
      RestartPolicy: { Name: "no" },
      Memory: 0,
    },
    NetworkingConfig: { EndpointsConfig: { a: {} } },
  },
  { Cmd: ["echo", "hi"], AttachStdout: true, Tty: false },
  { Detach: true, Tty: false },
  { Memory: 1, RestartPolicy: { Name: "always" } },
  { Name: "v", Driver: "local", Labels: { a: "b" } },
  { username: "a", password: "b", serveraddress: "c" },
];

function target(random: Random): readonly [method: string, path: string] {
  const [method, path] = pick(random, targets);
  const version = pick(random, ["", "", "/v1.41", "/v1.24", "/v1.51", "/v9.9", "/v", "/v1.x"]);
  let whole = version + path.replace(/NAME/g, () => pick(random, names));
  while (chance(random, 3)) {
    whole += `${whole.includes("?") ? "&" : "?"}${pick(random, queries)}=${encodeURI(pick(random, values))}`;
  }
  return [
    chance(random, 20) ? pick(random, ["get", "PATCH", "", "💥", "OPTIONS", "CONNECT"]) : method,
    whole,
  ];
}

function request(random: Random, body = JSON.stringify(pick(random, bodies))): Buffer {
  const [method, path] = target(random);
  const bytes = Buffer.from(body);
  const head =
    `${method} ${path} HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.below(256)));
}

/** Changes, removes, doubles or adds some bytes. */
function mutated(random: Random, bytes: Buffer): Buffer {
  let result = bytes;
  do {
    const at = random.below(result.length + 1);
    const some = random.below(8);
    const [before, after] = [result.subarray(0, at), result.subarray(at)];
    result = pick(random, [
      () => Buffer.concat([before, noise(random, some), after]),
      () => Buffer.concat([before, after.subarray(some)]),
      () => Buffer.concat([before, after.subarray(0, some), after]),
      () => Buffer.concat([before, noise(random, some), after.subarray(some)]),
      () =>
        Buffer.concat([before, Buffer.from(pick(random, ["\r\n", "\n", "\0", " ", ":", "\r\n\r\n"])), after]),
    ])();
  } while (chance(random, 2));
  return result;
}

function manyBodies(random: Random): Attempt {
  const count = 1 + random.below(30);
  const all = Array.from({ length: count }, () => request(random, oddBody(random)));
  return one(Buffer.concat(all), "ends", count);
}

/** Returns JSON that is nearly valid for some route. */
function oddBody(random: Random): string {
  const text = JSON.stringify(pick(random, bodies));
  return pick(random, [
    () => mutated(random, Buffer.from(text)).toString("latin1"),
    () =>
      text.replace(/:("[^"]*"|\[[^\]]*\]|\{\}|\w+)/g, (whole) =>
        chance(random, 2) ? `:${odd(random)}` : whole,
      ),
    () => text.replace(/"\w+"/g, (whole) => (chance(random, 4) ? odd(random) : whole)),
    () => text.slice(0, random.below(text.length)),
    () => text + odd(random),
    () => odd(random),
  ])();
}

const odds = [
  "null",
  "true",
  "1",
  "-1",
  "1e999",
  "1.5",
  "99999999999999999999",
  '""',
  '"\\ud800"',
  '"\\u0000"',
  '"💥"',
  "[]",
  "{}",
  "[null]",
  '[[["x"]]]',
  '{"":{"":{}}}',
  '{"__proto__":{"a":1}}',
  '{"constructor":1}',
  '["a","b"]',
  '"10.0.0.1"',
  '"::1"',
  '"0.0.0.0/0"',
  '"10.0.0.0/33"',
  '"fe80::%eth0"',
  '"a:b:c:d"',
  '"1-65535/tcp"',
  '"80-1/udp"',
  "\u0001",
  "nul",
  "'x'",
  "{,}",
];
const odd = (random: Random): string =>
  chance(random, 400)
    ? "[".repeat(20_000)
    : chance(random, 400)
      ? `"${"x".repeat(100_000)}"`
      : pick(random, odds);

function manyPaths(random: Random): Attempt {
  const count = 1 + random.below(30);
  const all = Array.from({ length: count }, () => {
    const [method, path] = target(random);
    const changed = mutated(random, Buffer.from(path))
      .toString("latin1")
      .replace(/[\r\n ]/g, "");
    return `${method} ${changed} HTTP/1.1\r\nHost: d\r\n\r\n`;
  });
  return one(all.join(""), "ends", count);
}

function oddHeaders(random: Random): string {
  const lines = Array.from({ length: random.below(12) }, () =>
    pick(random, [
      "Host: d",
      "Host: e",
      "Host:",
      "Host: [::1",
      "Content-Length: 0",
      "Content-Length: -1",
      "Content-Length: 1, 2",
      "Content-Length: 99999999999999999999",
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: gzip, chunked",
      "Connection: close",
      "Connection: Upgrade",
      "Upgrade: tcp",
      "Upgrade: h2c",
      "Upgrade: websocket",
      "Expect: 100-continue",
      "Expect: x",
      " folded",
      ": x",
      "X",
      "X: \0",
      "X : y",
      "X: \xff\xfe",
      "Content-Type: text/plain",
      "Content-Type: application/json;",
      "Content-Type: ;=",
      "Content-Type: application/x-www-form-urlencoded",
      `X: ${"y".repeat(5_000)}`,
      "X-Registry-Auth: %%%",
      "X-Registry-Auth: e30=",
    ]),
  );
  if (chance(random, 300)) lines.push(...Array.from({ length: 2_000 }, (_, at) => `X-${at}: y`));
  if (chance(random, 1_000)) lines.push(`X: ${"y".repeat(2 ** 21)}`);
  const [method, path] = target(random);
  const end = pick(random, ["\r\n", "\r\n", "\n", "\r"]);
  const version = pick(random, [
    "HTTP/1.1",
    "HTTP/1.1",
    "HTTP/1.0",
    "HTTP/2.0",
    "HTTP/0.9",
    "HTTP/1.10",
    "http/1.1",
    "",
  ]);
  return [`${method} ${encodeURI(path)} ${version}`, ...lines, "", '{"Name":"a"}'].join(end);
}

function oddChunks(random: Random): string {
  const [method, path] = target(random);
  const chunks = Array.from({ length: random.below(6) }, () =>
    pick(random, [
      "5\r\nhello\r\n",
      "2\r\n{}\r\n",
      "fffffffffffffffff\r\n",
      "-1\r\n",
      "x\r\n",
      "3\r\nab",
      "5;ext=1\r\nhello\r\n",
      "5\nhello\n",
      "\r\n",
      "0\r\n",
      "0\r\nTrailer: x\r\n",
      "7fffffffffffffff\r\nx",
      `400\r\n${"x".repeat(1_024)}\r\n`,
    ]),
  );
  return (
    `${method} ${encodeURI(path)} HTTP/1.1\r\nHost: d\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
    chunks.join("") +
    pick(random, ["0\r\n\r\n", ""])
  );
}

function oddLength(random: Random): Buffer {
  const body = chance(random, 200)
    ? Buffer.alloc(2 ** 21, pick(random, ["x", "[", " ", '{"a":']))
    : Buffer.from(oddBody(random));
  const [method, path] = target(random);
  const length = pick(random, [body.length, body.length + 1, 0, body.length * 1_000, 2 ** 31, 2 ** 53]);
  const type = pick(random, ["application/json", "application/x-tar", "application/x-www-form-urlencoded"]);
  const head = `${method} ${encodeURI(path)} HTTP/1.1\r\nHost: d\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

function hijack(random: Random): Buffer {
  const path = pick(random, [
    "POST /containers/a/attach?stream=1&stdin=1&stdout=1&stderr=1",
    "POST /containers/a/attach?stream=1&logs=1&stdout=1&detachKeys=%00",
    "GET /containers/a/attach/ws?stream=1&stdin=1&stdout=1",
    "POST /exec/a/start",
    "GET /events",
    "GET /containers/a/logs?follow=1&stdout=1",
    "GET /containers/a/stats",
    "POST /containers/a/wait?condition=removed",
    "POST /session",
  ]);
  const upgrade = pick(random, [
    "",
    "Connection: Upgrade\r\nUpgrade: tcp\r\n",
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n",
  ]);
  return Buffer.concat([
    Buffer.from(`${path} HTTP/1.1\r\nHost: d\r\n${upgrade}\r\n`),
    noise(random, chance(random, 50) ? 100_000 : random.below(200)),
  ]);
}
