import fc from "fast-check";
import { tarText } from "../commands/tar-text.js";
import type { WireRequest } from "./request.js";

// Generated HTTP requests of all kinds. Most are valid, so that there is a state to ask about; the others are
// malformed in some way.

// Names without hexadecimal digits, because those could be the beginning of an id.
const containers = ["one", "two"];
const networks = ["n1", "n2"];

const pick = <T>(...items: readonly T[]) => fc.constantFrom(...items);

const container = fc.oneof(
  { weight: 6, arbitrary: pick(...containers) },
  {
    weight: 2,
    arbitrary: pick(
      "{container:one}",
      "{container:one:12}",
      "{container:two:10}",
      "nope",
      "/one",
      "ONE",
      "one/",
      "o%6ee",
      "one%2f",
    ),
  },
);
const network = fc.oneof(
  { weight: 6, arbitrary: pick(...networks) },
  {
    weight: 2,
    arbitrary: pick(
      "{network:n1}",
      "{network:n1:12}",
      "bridge",
      "host",
      "none",
      "nope",
      "N1",
      "a%20b",
      "%ff",
      "n1/",
    ),
  },
);
const yesOrNo = pick("1", "0", "true", "false", "", "zz", "no", "None", "TRUE");

/** A value of any type, for places where another type is expected. */
const anything = fc.oneof(
  pick<unknown>(null, true, "", "x", 5, -1, 1.5, 1e20, [], {}, [5], ["x"], { x: 1 }, [[]], [null]),
  fc.jsonValue({ maxDepth: 1 }),
);

/** A body whose fields are valid, or has now and then one field with any value. */
function fields(good: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const sound = fc.record(good, { requiredKeys: [] });
  // An engine looks for an unknown driver for 15 seconds.
  const keys = Object.keys(good).filter((key) => key !== "Driver");
  const bent = fc
    .tuple(sound, pick(...keys), anything)
    .map(([body, key, value]) => ({ ...body, [key]: value }));
  return fc.oneof({ weight: 4, arbitrary: sound }, { weight: 2, arbitrary: bent });
}

const labels = pick<unknown>({}, { k: "v" }, null);
const memory = pick<unknown>(0, 8_388_608, 1024, -1);

const endpointConfig = fields({
  Aliases: pick<unknown>(["x"], [], null),
  IPAMConfig: fields({ IPv4Address: pick("10.77.1.9", "10.99.0.1", "x", "") }),
  MacAddress: pick("02:42:0a:4d:01:09", "zz", ""),
  DriverOpts: labels,
  Links: pick<unknown>(["one:x"], null),
});

const hostConfig = fields({
  NetworkMode: pick("bridge", "n1", "host", "none", "default", "", "container:one"),
  AutoRemove: fc.boolean(),
  Memory: memory,
  RestartPolicy: fields({
    Name: pick("no", "always", "on-failure", "zz", ""),
    MaximumRetryCount: pick(0, 3, -1),
  }),
  PortBindings: pick<unknown>({ "80/tcp": [{ HostPort: "18081" }] }, {}, null),
  CapAdd: pick<unknown>(["NET_ADMIN"], "NET_ADMIN", null),
  Dns: pick<unknown>(["10.0.0.1"], []),
  ExtraHosts: pick<unknown>(["x:10.0.0.1"], ["x"], null),
  PidsLimit: pick<unknown>(null, 0, 5, -1),
  Ulimits: pick<unknown>([{ Name: "nofile", Soft: 512, Hard: 1024 }], null),
  // The lab's engines may lack some capabilities, and then a privileged container does not start there.
  Privileged: pick(false),
});

const createContainer = fields({
  Hostname: pick("h", ""),
  Env: pick<unknown>(["A=1"], [], null),
  Labels: labels,
  ExposedPorts: pick<unknown>({ "80/tcp": {} }, {}, null),
  Entrypoint: pick<unknown>(null, []),
  WorkingDir: pick("/", "x", ""),
  StopSignal: pick("SIGTERM", "9", "zz", ""),
  StopTimeout: pick<unknown>(1, null),
  Tty: fc.boolean(),
  User: pick("", "0"),
  HostConfig: hostConfig,
  NetworkingConfig: fields({ EndpointsConfig: fc.record({ n1: endpointConfig }, { requiredKeys: [] }) }),
}).map((body) => ({ Image: "busybox", Cmd: ["sleep", "1000"], ...body }));

const createNetwork = fields({
  CheckDuplicate: fc.boolean(),
  Driver: pick("bridge", ""),
  Scope: pick("local", ""),
  EnableIPv4: fc.boolean(),
  EnableIPv6: pick(false),
  Internal: fc.boolean(),
  Attachable: fc.boolean(),
  Labels: labels,
  Options: pick<unknown>({}, null, { "com.docker.network.bridge.enable_icc": "zz" }, { x: "y" }),
});

/** JSON text, valid or malformed. */
function jsonText(body: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = body.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 1, arbitrary: fc.tuple(text, fc.nat(60)).map(([whole, end]) => whole.slice(0, end)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(text, fc.nat(60), pick('"', "{", "}", ",", ":", "\\", "x", "1", "\n", "-", "[", "\\u12", "é"))
        .map(([whole, at, stray]) => whole.slice(0, at) + stray + whole.slice(at)),
    },
    { weight: 1, arbitrary: fc.tuple(text, pick(" x", "{}", " ", "]", ",")).map((parts) => parts.join("")) },
    {
      weight: 1,
      arbitrary: text.map((whole) => whole.replaceAll(/"([A-Z]\w+)":/g, (key) => key.toLowerCase())),
    },
    {
      weight: 1,
      arbitrary: pick("", "null", "[]", "5", '"x"', " ", "{}", "nul", "-", "01", "1.", '{"a":1,}'),
    },
  );
}

const contentType = fc.oneof(
  { weight: 12, arbitrary: pick<string | undefined>("application/json") },
  {
    weight: 1,
    arbitrary: pick<string | undefined>(
      undefined,
      "text/plain",
      "application/json; charset=utf-8",
      "APPLICATION/JSON",
      "application",
      "application/",
      "/x",
      "a/b c",
      "application/json;",
      "application/json; x",
      "application/json; a=1; a=2",
    ),
  },
);

function query(parameters: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string> {
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record(parameters, { requiredKeys: [] }).map((given) =>
        Object.entries(given)
          .map(([key, value]) => `${key}=${encodeURIComponent(value ?? "")}`)
          .join("&"),
      ),
    },
    { weight: 1, arbitrary: pick("a=%zz", "a;b", "x=1&x=2", "&&", "=", "%zz=1", "a=1;b=2&c=%q", "+=+") },
  );
}

const filters = (...keys: string[]) =>
  fc.oneof(
    fc
      .tuple(
        pick(...keys, "bogus"),
        pick("one", "n1", "bridge", "k=v", "k", "", "running", "zz", "[", "true"),
      )
      .chain(([key, value]) =>
        pick(
          JSON.stringify({ [key]: [value] }),
          JSON.stringify({ [key]: { [value]: true } }),
          JSON.stringify({ [key]: value }),
        ),
      ),
    pick(
      "",
      "{}",
      "null",
      "[]",
      "{",
      "x",
      '{"name":5}',
      '{"name":[5]}',
      '{"name":{"x":"y"}}',
      "{} x",
      '{"name":null}',
    ),
  );

/** Tar archives, valid or malformed. */
const hello = tarText([
  { name: "made/", type: "directory", mode: 0o755 },
  { name: "made/x", type: "file", text: "hello\n" },
  { name: "made/y", type: "symlink", text: "x" },
  { name: "made/z", type: "hard link", text: "made/x" },
]);
const archives = fc.oneof(
  {
    weight: 4,
    arbitrary: pick(
      hello,
      tarText([{ name: "x", type: "file", text: "other\n", mode: 0o4755 }]),
      tarText([{ name: "made", type: "file", text: "no directory\n" }]),
      tarText([]),
    ),
  },
  {
    weight: 1,
    arbitrary: pick(
      "",
      "x",
      "no archive",
      hello.slice(0, 300),
      hello.slice(0, 1030),
      `${hello.slice(0, 600)}x${hello.slice(601)}`,
      `x${hello.slice(1)}`,
      "\0".repeat(512),
      tarText([{ name: "../out", type: "file", text: "" }]),
      tarText([{ name: "out", type: "symlink", text: "../../../x" }]),
      tarText([{ name: "hard", type: "hard link", text: "nope" }]),
      tarText([{ name: "etc/hostname", type: "file", text: "mine\n" }]),
    ),
  },
);
const image = fc.oneof(
  { weight: 6, arbitrary: pick("m1", "m2") },
  {
    weight: 2,
    arbitrary: pick("m1:latest", "m1:t", "nope", "m1%2f", "M1", "m1:", "m1@x", "{container:one}"),
  },
);
const newImage = {
  repo: pick("m1", "m1", "m2", "m1:t", "M1", "", "m1@sha256:00"),
  tag: pick("t", "latest", "", "a b", "-"),
};
const changes = pick(
  "ENV A=1",
  'CMD ["a"]',
  "cmd a b",
  "LABEL a=b",
  "EXPOSE 80",
  "WORKDIR /x",
  "VOLUME /v",
  "USER x",
  "STOPSIGNAL 9",
  "NONSENSE x",
  "RUN x",
  "ENV",
  "EXPOSE zz",
  "",
);
const path = pick(
  "/www",
  "/etc/passwd",
  "/etc/passwd/",
  "/etc/passwd/x",
  "/www/index.html",
  "/tmp",
  "/tmp/made",
  "/tmp/made/x",
  "/tmp/made/y",
  "/tmp/made/y/",
  "/made",
  "tmp",
  "/sbin",
  "/nope",
  "/nope/x",
  "/tmp/../www/.",
  "/proc",
  "/etc/hostname",
  "",
);

interface Shape {
  readonly line: fc.Arbitrary<string>;
  readonly query?: fc.Arbitrary<string>;
  readonly body?: fc.Arbitrary<string>;
  readonly weight?: number;
}

const onContainer = (method: string, rest: string) =>
  container.map((name) => `${method} /containers/${name}${rest}`);
const onNetwork = (method: string, rest: string) =>
  network.map((name) => `${method} /networks/${name}${rest}`);

const shapes: readonly Shape[] = [
  { line: pick("GET /_ping", "HEAD /_ping", "GET /version") },
  {
    line: pick(
      "GET /nothing",
      "GET /",
      "PATCH /networks",
      "HEAD /networks",
      "OPTIONS /x",
      "get /_ping",
      "GET /_ping/",
      "POST /_ping",
      "DELETE /networks/",
      "GET /networks/",
      "GET //networks",
      "GET /networks/../networks",
      "GET /networks//x!(y)",
      "GET /_%70ing",
      "GET /networks/%zz",
    ),
  },
  {
    line: pick("GET /networks"),
    query: query({ filters: filters("name", "id", "driver", "type", "label", "dangling", "scope") }),
  },
  {
    line: onNetwork("GET", ""),
    query: query({ verbose: yesOrNo, scope: pick("", "local", "swarm") }),
    weight: 3,
  },
  {
    line: pick("POST /networks/create"),
    weight: 6,
    body: jsonText(
      fc.tuple(createNetwork, pick(...networks, "n1", "", "bridge"), pick(1, 2)).map(([body, Name, at]) => ({
        Name,
        IPAM: { Config: [{ Subnet: `10.77.${at}.0/24` }] },
        ...body,
      })),
    ),
  },
  { line: onNetwork("DELETE", "") },
  { line: pick("POST /networks/prune"), query: query({ filters: filters("label", "until") }) },
  {
    line: onNetwork("POST", "/connect"),
    weight: 3,
    body: jsonText(fields({ Container: pick("one", "two", "nope", ""), EndpointConfig: endpointConfig })),
  },
  {
    line: onNetwork("POST", "/disconnect"),
    weight: 2,
    body: jsonText(fields({ Container: pick("one", "two", "nope", ""), Force: fc.boolean() })),
  },
  {
    line: pick("GET /containers/json"),
    query: query({
      all: yesOrNo,
      limit: pick("", "1", "-1", "zz", "99999999999999999999"),
      size: pick("0"),
      filters: filters("name", "id", "status", "label", "network", "exited", "before", "volume"),
    }),
  },
  { line: onContainer("GET", "/json"), weight: 4 },
  {
    line: pick("POST /containers/create"),
    weight: 8,
    query: query({ name: pick("one", "two", "one", "x y", "/") }).map((text) =>
      // A name that the engine generates differs each time.
      text.includes("name=") ? text : `name=one&${text}`,
    ),
    body: jsonText(createContainer),
  },
  { line: onContainer("POST", "/start"), weight: 2 },
  {
    line: onContainer("POST", "/stop"),
    query: query({ t: pick("0", "0", "zz", ""), signal: pick("KILL", "zz") }),
  },
  {
    line: onContainer("POST", "/kill"),
    query: query({ signal: pick("KILL", "9", "zz", "65", "0", "TERM", "") }),
  },
  { line: onContainer("POST", "/pause") },
  { line: onContainer("POST", "/unpause") },
  { line: onContainer("POST", "/rename"), query: query({ name: pick("one", "two", "", "x y", "three") }) },
  {
    line: onContainer("DELETE", ""),
    query: query({ force: yesOrNo, v: yesOrNo, link: pick("0", "0", "1") }),
    weight: 2,
  },
  { line: pick("POST /containers/prune"), query: query({ filters: filters("label", "until") }) },
  {
    line: onContainer("GET", "/logs"),
    query: query({ stdout: yesOrNo, tail: pick("all", "zz", "1"), since: pick("0", "zz") }),
  },
  {
    line: onContainer("POST", "/exec"),
    body: jsonText(
      fields({
        Cmd: pick<unknown>(["true"], []),
        Tty: fc.boolean(),
        Env: pick<unknown>(["A=1"], null),
        Privileged: fc.boolean(),
      }),
    ),
  },
  {
    line: pick("GET /exec/nope/json", "POST /exec/nope/start"),
    body: jsonText(fields({ Detach: fc.boolean(), Tty: fc.boolean() })),
  },
  {
    line: onContainer("POST", "/update"),
    body: jsonText(
      fields({
        Memory: memory,
        CpuShares: pick(0, 512),
        RestartPolicy: fields({ Name: pick("no", "always") }),
      }),
    ),
  },
  { line: onContainer("HEAD", "/archive"), query: query({ path }), weight: 2 },
  { line: onContainer("GET", "/archive"), query: query({ path }), weight: 2 },
  {
    line: onContainer("PUT", "/archive"),
    query: query({
      path: pick("/tmp", "/tmp", "/", "/www"),
      noOverwriteDirNonDir: yesOrNo,
      copyUIDGID: yesOrNo,
    }),
    body: archives,
    weight: 3,
  },
  { line: onContainer("PUT", "/archive"), query: query({ path }), body: archives },
  { line: onContainer("GET", "/changes"), weight: 2 },
  { line: onContainer("GET", "/export") },
  {
    line: pick("POST /commit"),
    query: query({
      container: container.map((name) => decodeURIComponent(name)),
      ...newImage,
      comment: pick("why", "<&>", ""),
      author: pick("me", ""),
      pause: yesOrNo,
      changes,
    }),
    body: fc.oneof(pick(""), jsonText(createContainer)),
    weight: 2,
  },
  {
    line: pick("POST /images/create"),
    query: query({
      fromSrc: pick("-"),
      ...newImage,
      message: pick("why", ""),
      changes,
      platform: pick("", "linux/amd64", "x"),
    }).map((text) => (text.includes("fromSrc=") ? text : `fromSrc=-&${text}`)),
    body: archives,
    weight: 3,
  },
  { line: pick("POST /images/load"), query: query({ quiet: yesOrNo }), body: archives },
  { line: image.map((name) => `GET /images/${name}/json`), weight: 2 },
  { line: image.map((name) => `GET /images/${name}/history`), weight: 2 },
  { line: image.map((name) => `GET /images/${name}/get`) },
  { line: pick("GET /images/get"), query: query({ names: pick("m1", "m2", "nope", "busybox", "") }) },
  { line: image.map((name) => `POST /images/${name}/tag`), query: query(newImage) },
  { line: image.map((name) => `DELETE /images/${name}`), query: query({ force: yesOrNo, noprune: yesOrNo }) },
];

const request = fc
  .oneof(
    ...shapes.map(({ line, query = fc.constant(""), body, weight = 1 }) => ({
      weight,
      arbitrary: fc.record({
        line,
        query,
        body: body ?? fc.constant<string | undefined>(undefined),
        type: contentType,
      }),
    })),
  )
  .chain((parts) =>
    fc
      .oneof(
        { weight: 6, arbitrary: pick("") },
        {
          weight: 4,
          arbitrary: pick(
            "/v1.41",
            "/v1.40",
            "/v1.39",
            "/v1.30",
            "/v1.24",
            "/v1.44",
            "/v1.45",
            "/v1.47",
            "/v1.51",
          ),
        },
        {
          weight: 1,
          arbitrary: pick(
            "/v1",
            "/vx",
            "/v1.41.1",
            "/v1.99",
            "/v1.23",
            "/v1.11",
            "/v2",
            "/v",
            "/v1.",
            "/v0.1",
          ),
        },
      )
      .map((version) => {
        const [method = "", path = ""] = parts.line.split(" ");
        return {
          method,
          target: `${version}${path}${parts.query === "" ? "" : `?${parts.query}`}`,
          headers: parts.body === undefined || parts.type === undefined ? {} : { "Content-Type": parts.type },
          ...(parts.body !== undefined && { body: parts.body }),
        };
      }),
  );

/** Sequences of 40 requests, each on the state that the ones before it left. */
export const requestSequence: fc.Arbitrary<WireRequest[]> = fc.array(request, {
  minLength: 40,
  maxLength: 40,
});
