// Draws compose files: services with fields in all their syntaxes, networks and volumes.
import fc from "fast-check";

/** A variable in a file. */
const variable = (name: string) => `$\{${name}}`;
// No word begins with `x-`: real compose takes such a key of labels, of an environment and of options out, and writes it as
// `#extensions: map[x-y:v]` into the same mapping, which nobody can mean.
const word = fc.constantFrom("a", "b1", "web", "y-x", "data", "Zed", "k_1");
const value = fc.oneof(
  fc.constantFrom(
    "",
    "text",
    "two words",
    "a=b",
    "$$escaped",
    variable("UNSET:-fallback"),
    variable("OUTER"),
    "<&>",
    "ünï ☃",
    "yes",
    "0x1f",
    "1e3",
    "it's",
    '"q"',
    "a: b",
    "line\nline",
  ),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[$\p{Cc}]/gu, "-")),
);
const scalar = fc.oneof(
  value,
  fc.integer({ min: -5, max: 9_999_999 }),
  fc.constantFrom(1.5, 0.1, 1e-7),
  fc.boolean(),
);
const pairs = fc.oneof(
  fc.dictionary(word, fc.oneof(scalar, fc.constant(null)), { maxKeys: 4 }),
  fc
    .uniqueArray(word, { maxLength: 3 })
    .chain((keys) => fc.tuple(...keys.map((key) => value.map((text) => `${key}=${text}`)))),
);
const command = fc.oneof(
  fc.constantFrom("sleep 1000", "sh -c 'echo \"a b\"; exit 1'", "", "echo a\\ b > c"),
  fc.array(value, { maxLength: 3 }),
);
const duration = fc.constantFrom("1s", "1m30s", "100ms", "1h", "0s", "1.5s", "2d");
const size = fc.constantFrom("64m", "1gb", 1_048_576, "512k", "100MiB");
/** No less than an engine asks for. A refused container ends compose in the middle of the others, at any point. */
const memory = fc.constantFrom("64m", "1gb", 6_291_456, "6144k", "100MiB");
const port = fc.integer({ min: 1, max: 9999 });
const ports = fc.uniqueArray(
  fc.oneof(
    port.map(String),
    port,
    fc.tuple(port, port).map(([host, own]) => `${host}:${own}`),
    port.map((own) => `127.0.0.1::${own}/udp`),
    port.map((first) => `${first}-${first + 2}:${first}-${first + 2}`),
    fc.record(
      { target: port, published: fc.oneof(port, port.map(String)), mode: fc.constantFrom("host", "ingress") },
      { requiredKeys: ["target"] },
    ),
  ),
  { maxLength: 3, selector: (each) => JSON.stringify(each) },
);
const volumes = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(
      "vol:/data",
      "vol:/ro:ro",
      "./here:/here",
      "/anonymous",
      "/etc:/host/etc:ro,rslave",
      "other:/copy:nocopy",
    ),
    fc.constantFrom(
      { type: "tmpfs", target: "/mem", tmpfs: { size: "1m", mode: 0o755 } },
      { type: "volume", source: "vol", target: "/long/", volume: { nocopy: true } },
      { type: "bind", source: "./here", target: "/bind", read_only: true },
    ),
  ),
  { maxLength: 4, selector: (each) => JSON.stringify(each) },
);
const networks = fc.oneof(
  fc.uniqueArray(fc.constantFrom("front", "back", "default"), { minLength: 1, maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom("front", "back"),
    fc.oneof(
      fc.constant(null),
      fc.record(
        {
          aliases: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
          priority: fc.integer({ min: 0, max: 9 }),
          driver_opts: fc.dictionary(word, fc.oneof(value, port), { maxKeys: 2 }),
        },
        { requiredKeys: [] },
      ),
    ),
    { minKeys: 1 },
  ),
);

/** Fields that go with each other in any choice. */
const fields = {
  annotations: pairs,
  cap_add: fc.constantFrom(["NET_ADMIN"], ["NET_ADMIN", "SYS_TIME"]),
  cap_drop: fc.constant(["MKNOD"]),
  command,
  cpu_shares: fc.integer({ min: 2, max: 1024 }),
  cpus: fc.constantFrom(0.1, 0.5, "1.25", 1),
  deploy: fc.record(
    {
      labels: pairs,
      resources: fc.constantFrom({ limits: { pids: 7 } }, { reservations: { memory: "6144k" } }, {}),
      restart_policy: fc.constantFrom(
        { condition: "on-failure", max_attempts: 2 },
        { condition: "any", delay: "5s" },
      ),
      replicas: fc.integer({ min: 0, max: 2 }),
    },
    { requiredKeys: [] },
  ),
  dns: fc.constantFrom("8.8.8.8", ["1.1.1.1", "8.8.4.4"]),
  dns_search: fc.constantFrom("a.com", ["a.com", "b.com"]),
  domainname: fc.constant("example.com"),
  entrypoint: fc.constantFrom("sh -c", ["sh", "-c"], []),
  environment: pairs,
  expose: fc.constantFrom([80], ["81/udp", 82]),
  extra_hosts: fc.constantFrom(["a=1.2.3.4", "b:1.2.3.5"], { c: "1.2.3.6", d: ["1.1.1.1", "2.2.2.2"] }),
  group_add: fc.constantFrom(["1001"], [5, "mail"]),
  healthcheck: fc.record(
    {
      test: fc.oneof(value, fc.constantFrom(["CMD", "true"], ["NONE"])),
      interval: duration,
      timeout: duration,
      retries: fc.integer({ min: 0, max: 5 }),
      disable: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  hostname: word,
  init: fc.boolean(),
  labels: pairs,
  logging: fc.constantFrom(
    { driver: "json-file", options: { "max-size": "1m", "max-file": 3 } },
    { driver: "none" },
  ),
  mem_limit: memory,
  network_mode: fc.constantFrom("host", "none", "bridge"),
  networks,
  oom_score_adj: fc.integer({ min: -10, max: 10 }),
  pids_limit: fc.integer({ min: 1, max: 99 }),
  ports,
  privileged: fc.boolean(),
  profiles: fc.constantFrom([], ["dev"]),
  pull_policy: fc.constantFrom("missing", "if_not_present", "daily"),
  read_only: fc.boolean(),
  restart: fc.constantFrom("no", "always", "on-failure:3", "unless-stopped"),
  security_opt: fc.constant(["no-new-privileges:true"]),
  shm_size: size,
  stdin_open: fc.boolean(),
  stop_grace_period: duration,
  stop_signal: fc.constantFrom("SIGUSR1", "SIGTERM"),
  sysctls: fc.constantFrom({ "net.ipv4.ip_forward": 0 }, ["net.core.somaxconn=1024"]),
  tmpfs: fc.constantFrom("/run", ["/run", "/tmp:size=10m"]),
  tty: fc.boolean(),
  ulimits: fc.constantFrom({ nproc: 65535 }, { nofile: { soft: 20000, hard: 40000 } }),
  user: fc.constantFrom("root", "1000:1000"),
  volumes,
  working_dir: fc.constantFrom("/tmp", "/srv/app"),
  "x-note": scalar,
};

const service = fc
  .subarray(Object.keys(fields) as (keyof typeof fields)[], { maxLength: 12 })
  .chain((keys) => {
    // Compose refuses these together.
    const kept = keys.filter((key) => !(key === "network_mode" && keys.includes("networks")));
    return fc.record(Object.fromEntries(kept.map((key) => [key, fields[key] as fc.Arbitrary<unknown>])));
  });

const network = fc.record(
  {
    internal: fc.boolean(),
    labels: pairs,
    driver_opts: fc.dictionary(
      fc.constant("com.docker.network.bridge.enable_icc"),
      fc.constantFrom("true", "false"),
    ),
    attachable: fc.boolean(),
    name: fc.constantFrom("front_own", "other"),
  },
  { requiredKeys: [] },
);

/** A compose file as JSON, which is YAML as well. */
export const composeFile: fc.Arbitrary<string> = fc
  .record({
    services: fc.array(service, { minLength: 2, maxLength: 4 }),
    front: network,
    dependent: fc.boolean(),
    volume: fc.record({ labels: pairs, driver: fc.constant("local") }, { requiredKeys: [] }),
  })
  .map(({ services, front, dependent, volume }) => {
    const named = Object.fromEntries(services.map((each, at) => [`s${at}`, { image: "busybox", ...each }]));
    const [first, last] = [named.s0, named[`s${services.length - 1}`]] as Record<string, unknown>[];
    if (dependent && first && last && !first.profiles)
      last.depends_on = { s0: { condition: "service_started", restart: true } };
    return JSON.stringify(
      { services: named, networks: { front, back: null }, volumes: { vol: volume, other: null } },
      null,
      1,
    );
  });
