// Generated requests to the control API: good ones, those that are nearly good, and nonsense.
import fc from "fast-check";
import { controlRoutes } from "../src/control/routes/table.js";
import type { Asked } from "../test/control.js";

const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("a", "b", "c") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "..",
      "%",
      "%2F",
      "%00",
      "%C3%A9",
      "a".repeat(128),
      "a".repeat(5_000),
      "__proto__",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }).map(encodeURIComponent) },
);
const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom("0", "-1", "1e3", "0x1", "9".repeat(14), "9".repeat(30), "NaN") },
);

const often = fc.record(
  {
    times: fc.constantFrom(1, 2, 0, -1, 1.5, "1", null),
    each: fc.constantFrom(1, 3, 0),
    probability: fc.constantFrom(0.5, 1, 0, 2, "half"),
  },
  { requiredKeys: [] },
);
const milliseconds = fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.constantFrom(0, -1, 1e300, "1", null));
const container = fc.constantFrom("web", "db", "host", "outside", "", "nobody");
const end = fc.oneof(container, fc.record({ network: fc.constantFrom("backend", "") }));

const fault = fc.oneof(
  fc
    .tuple(
      fc.record(
        {
          call: fc.constantFrom(
            "networks.create",
            "containers.list",
            "events",
            "images.pull",
            "nothing",
            "dns.resolve",
          ),
          route: fc.constantFrom("GET /info", "POST /networks/{id}/connect", "GET /nothing", "info"),
          where: fc.record(
            {
              container,
              network: container,
              arguments: fc.array(fc.jsonValue()),
              labels: fc.dictionary(fc.string(), fc.string()),
            },
            { requiredKeys: [] },
          ),
          error: fc.record(
            { status: fc.constantFrom(500, 404, 200, "x"), message: fc.string() },
            { requiredKeys: [] },
          ),
          delay: milliseconds,
          late: milliseconds,
          drop: fc.constantFrom("before", "after", "body", "never"),
          stream: fc.record({
            does: fc.constantFrom("break", "stall", "fly"),
            after: fc.nat(),
            for: milliseconds,
          }),
          exitCode: fc.constantFrom(0, 137, 256, -1),
        },
        { requiredKeys: [] },
      ),
      often,
    )
    .map(([one, other]) => ({ ...one, ...other })),
  fc.record(
    {
      between: fc.tuple(end, end),
      from: end,
      to: end,
      network: container,
      partition: fc.constantFrom(true, false),
      loss: fc.constantFrom(0.1, 0, 1.1),
      latency: milliseconds,
      jitter: milliseconds,
      bandwidth: fc.constantFrom(1, 1_000, 0, 0.5),
      reset: fc.constant(true),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      name: container,
      asker: container,
      answer: fc.constantFrom("SERVFAIL", "silence", "maybe"),
      late: milliseconds,
    },
    { requiredKeys: ["name"] },
  ),
  fc.record(
    { engine: fc.constantFrom("restarting", "disk full", "on fire"), for: milliseconds },
    { requiredKeys: ["engine"] },
  ),
);

const fields = fc.record(
  {
    snapshot: fc.oneof(fc.constantFrom("a", "b", "c"), fc.string()),
    host: fc.constantFrom("tcp://127.0.0.1:0", "nowhere", 1),
    control: fc.constantFrom("tcp://127.0.0.1:0", null),
    milliseconds,
    most: milliseconds,
    __proto__: fc.constant(1),
  },
  { requiredKeys: [] },
);

/** Bodies that are no JSON, or more than anybody needs. */
const broken: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 100 }),
  fc.constantFrom(
    "{",
    '{"a":1,}',
    "null",
    "[]",
    '""',
    "1e999",
    '{"__proto__":{"a":1}}',
    '{"constructor":1}',
    `{"snapshot":"${"a".repeat(10_000)}"}`,
    "[".repeat(5_000),
    `${'{"a":'.repeat(63)}1${"}".repeat(63)}`,
    `${'{"where":'.repeat(200)}1${"}".repeat(200)}`,
  ),
);

const body: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fault },
  { weight: 4, arbitrary: fields },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 2, arbitrary: broken },
  { weight: 4, arbitrary: fc.constant(undefined) },
);

const query = fc.oneof(
  { weight: 6, arbitrary: fc.constant("") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "?format=json",
      "?format=svg",
      "?format=mermaid",
      "?format=text",
      "?format=png",
      "?format=svg&format=svg",
      "?containers=web,db&ports=80,443",
      "?containers=nobody",
      "?containers=,",
      "?ports=0",
      "?ports=99999",
      "?%zz",
      "?=",
      "?__proto__=1",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }).map((text) => `?${text}`) },
);

/** Requests to a route, with whatever it is given. Made once for each, since making them takes long. */
function requestsTo(route: (typeof controlRoutes)[number]): fc.Arbitrary<Asked> {
  return fc
    .record({
      name,
      number,
      query,
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant<string>(route.method) },
        {
          weight: 1,
          arbitrary: fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "FOO", ""),
        },
      ),
      body: fc.oneof(
        { weight: route.body ? 2 : 8, arbitrary: fc.constant(route.body?.example) },
        { weight: route.body ? 4 : 1, arbitrary: body },
      ),
    })
    .map(({ name: text, number: digits, query: search, ...rest }) => ({
      ...rest,
      target: route.path.replace("{name}", text).replace("{number}", digits).replace("{id}", digits) + search,
    }));
}

const known = fc.oneof(...controlRoutes.map(requestsTo));

/** Requests to anything. */
const strange: fc.Arbitrary<Asked> = fc.record({
  method: fc.oneof(fc.constantFrom("GET", "POST", "DELETE"), fc.string({ unit: "binary" })),
  target: fc.oneof(
    fc.string({ unit: "binary" }).map((text) => `/${text}`),
    fc.string(),
    fc.constantFrom(
      "",
      "/",
      "//",
      "/snapshots//load",
      "/faults/1/2",
      "*",
      "/health?",
      "/health#a",
      "/..%2fhealth",
    ),
  ),
  headers: fc.oneof(
    fc.constant({}),
    fc.constantFrom<Record<string, string>>(
      { origin: "http://evil.example" },
      { host: "evil.example" },
      { host: "" },
    ),
  ),
  body,
});

/** A request to the control API. */
export const controlRequest: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 9, arbitrary: known },
  { weight: 1, arbitrary: strange },
);
