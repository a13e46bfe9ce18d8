// A service: all its fields, in the order in which compose writes them.

import { ComposeError } from "./error.js";
import type { Json } from "./json.js";
import {
  bytes,
  choice,
  command,
  count,
  driverOptions,
  duration,
  durationOrNone,
  environment,
  flag,
  float,
  type Kind,
  labels,
  list,
  named,
  nullable,
  options,
  plainTexts,
  type StructOf,
  struct,
  text,
  textOrTexts,
  texts,
  textsOrNumbers,
  whole,
  withSchema,
} from "./kinds.js";
import {
  listOf,
  listOfTexts,
  listOrMapping,
  mapping,
  oneOf,
  type Schema,
  textOrList,
  types,
} from "./schema.js";
import { compareBytes, goText, goType, isMap, type Tree } from "./tree.js";

const name = /^[a-zA-Z0-9._-]+$/;
const wholeOrText = types("integer", "string");
const numberOrText = types("number", "string");
const atLeastZero = oneOf(types("string"), { types: ["integer"], minimum: 0 });

/** A kind that files may also write in a short way, which is no longer there when it is decoded. */
const orShort = <Value>(kind: Kind<Value>, ...short: Schema[]): Kind<Value> =>
  withSchema(kind, { oneOf: [...short, kind.schema] });

const healthTest: Kind<string[]> = {
  schema: oneOf(types("string"), listOf(types("string"))),
  decode: (tree) => (Array.isArray(tree) ? tree.map(goText) : ["CMD-SHELL", goText(tree)]),
  json: (value) => (value.length > 0 ? value : undefined),
};

const fileMode: Kind<number> = {
  schema: numberOrText,
  decode: (tree, place) => {
    if (typeof tree !== "string") return Number(goText(tree));
    if (/^[0-7]+$/.test(tree)) return Number.parseInt(tree, 8);
    throw new ComposeError(
      `decoding failed due to the following error(s):\n\n'${place}' strconv.ParseInt: parsing ${JSON.stringify(tree)}: invalid syntax`,
    );
  },
  json: (value) => `0${value.toString(8)}`,
};

/** Where a secret or a config is put in a container. */
const fileReference = struct({ source: text, target: text, uid: text, gid: text, mode: fileMode });
const fileReferences: Kind<StructOf<typeof fileReference.fields>[]> = list(
  orShort(fileReference, types("string")),
);

const ulimitStruct = struct(
  { single: whole(wholeOrText), soft: whole(wholeOrText), hard: whole(wholeOrText) },
  { required: ["soft", "hard"] },
);
const ulimit: Kind<StructOf<typeof ulimitStruct.fields>> = {
  schema: oneOf(wholeOrText, {
    types: ["object"],
    keys: { hard: wholeOrText, soft: wholeOrText },
    patterns: [[/^x-/, {}]],
    required: ["soft", "hard"],
    closed: true,
  }),
  decode: (tree, place, warn) =>
    isMap(tree) ? ulimitStruct.decode(tree, place, warn) : { single: Number(goText(tree)) },
  json: (value) => value.single || ulimitStruct.json(value),
  yaml: (value) => value.single || { soft: value.soft ?? 0, hard: value.hard ?? 0 },
};
const ulimits: Kind<Map<string, StructOf<typeof ulimitStruct.fields>>> = named(ulimit, /^[a-z]+$/);

/** Host names with their addresses. */
const hosts: Kind<Map<string, string[]>> = {
  schema: oneOf(mapping(/.+/, oneOf(types("string"), listOf(types("string"))), true), listOfTexts),
  decode: (tree, place) => {
    const found = new Map<string, string[]>();
    const fail = (message: string): never => {
      throw new ComposeError(`decoding failed due to the following error(s):\n\n'${place}' ${message}`);
    };
    const add = (host: string, addresses: readonly string[]) => {
      if (host === "" || /[:=]/.test(host)) fail(`bad host name '${host}'`);
      found.set(host, [
        ...(found.get(host) ?? []),
        ...addresses.map((address) => address.replace(/^\[(.+)\]$/, "$1")),
      ]);
    };
    if (isMap(tree)) {
      for (const [host, value] of tree) {
        if (isMap(value)) fail(`unexpected value type ${goType(value)} for extra_hosts entry`);
        add(host, Array.isArray(value) ? value.map(goText) : [value === null ? "" : goText(value)]);
      }
      return found;
    }
    for (const entry of (tree as Tree[]).map(goText)) {
      const separator = entry.includes("=") ? "=" : ":";
      const at = entry.indexOf(separator);
      if (at < 0) fail(`invalid additional host, missing IP: ${entry}`);
      add(entry.slice(0, at), entry.slice(at + 1).split(","));
    }
    return found;
  },
  json: (value) => {
    const lines = hostLines(value, "=").sort(compareBytes);
    return value.size > 0 ? lines : undefined;
  },
};

/** Host names and addresses, one line for each pair. */
export const hostLines = (value: ReadonlyMap<string, readonly string[]>, separator: string): string[] =>
  [...value].flatMap(([host, addresses]) => addresses.map((address) => `${host}${separator}${address}`));

const envFileStruct = struct(
  { path: text, required: choice, format: text },
  { required: ["path"], strict: true },
);
const envFile: Kind<StructOf<typeof envFileStruct.fields>> = {
  ...envFileStruct,
  json: (value) => (value.required ? (value.path ?? "") : envFileStruct.json(value)),
  yaml: (value) => (value.required ? (value.path ?? "") : { path: value.path ?? "", required: false }),
};

const dependency = struct(
  {
    condition: withSchema(text, {
      types: ["string"],
      values: ["service_started", "service_healthy", "service_completed_successfully"],
    }),
    restart: flag,
    required: withSchema(choice, types("boolean")),
  },
  { required: ["condition"] },
);

const deviceRequest = struct(
  {
    capabilities: texts,
    driver: text,
    count: {
      schema: types("string", "integer"),
      decode: (tree: Tree, place: string) => {
        const value = goText(tree);
        if (value.toLowerCase() === "all") return -1;
        if (/^[-+]?[0-9]+$/.test(value)) return Number(value);
        throw new ComposeError(
          `decoding failed due to the following error(s):\n\n'${place}' invalid value ${JSON.stringify(value)}, the only value allowed is 'all' or a number`,
        );
      },
      json: (value: number) => value || undefined,
    } satisfies Kind<number>,
    device_ids: texts,
    options: labels,
  },
  { required: ["capabilities"] },
);

const networkOfService = struct({
  aliases: texts,
  driver_opts: driverOptions,
  gw_priority: whole(types("number")),
  interface_name: text,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: texts,
  mac_address: text,
  priority: whole(types("number")),
});

const port = struct({
  name: text,
  mode: text,
  host_ip: text,
  target: whole(wholeOrText),
  published: withSchema(text, types("string", "integer")),
  protocol: text,
  app_protocol: text,
});

const volumeMount = struct(
  {
    type: withSchema(text, {
      types: ["string"],
      values: ["bind", "volume", "tmpfs", "cluster", "npipe", "image"],
    }),
    source: text,
    target: text,
    read_only: flag,
    consistency: text,
    bind: struct({
      selinux: withSchema(text, { types: ["string"], values: ["z", "Z"] }),
      propagation: text,
      create_host_path: flag,
      recursive: withSchema(text, {
        types: ["string"],
        values: ["enabled", "disabled", "writable", "readonly"],
      }),
    }),
    volume: struct({ labels, nocopy: flag, subpath: text }),
    tmpfs: struct({
      size: bytes(oneOf({ types: ["integer"], minimum: 0 }, types("string"))),
      mode: whole(numberOrText),
    }),
    image: struct({ subpath: text }),
  },
  { required: ["type"] },
);

const hook = struct(
  { command, user: text, privileged: flag, working_dir: text, environment },
  { required: ["command"] },
);

const updateConfig = struct({
  parallelism: count(wholeOrText),
  delay: durationOrNone,
  failure_action: text,
  monitor: durationOrNone,
  max_failure_ratio: float(numberOrText),
  order: withSchema(text, { types: ["string"], values: ["start-first", "stop-first"] }),
});

const resource = {
  cpus: float(numberOrText),
  memory: bytes(types("string")),
};

const deploy = struct(
  {
    mode: text,
    replicas: count(wholeOrText),
    labels,
    update_config: updateConfig,
    rollback_config: updateConfig,
    resources: struct(
      {
        limits: struct({ ...resource, pids: whole(wholeOrText) }),
        reservations: struct({
          ...resource,
          devices: list(deviceRequest),
          generic_resources: list(
            struct({ discrete_resource_spec: struct({ kind: text, value: whole(numberOrText) }) }),
          ),
        }),
      },
      { always: true },
    ),
    restart_policy: struct({
      condition: text,
      delay: duration,
      max_attempts: count(wholeOrText),
      window: duration,
    }),
    placement: struct(
      {
        constraints: plainTexts,
        preferences: list(struct({ spread: text })),
        max_replicas_per_node: whole(wholeOrText),
      },
      { always: true },
    ),
    endpoint_mode: text,
  },
  { orNull: true },
);

const throttle = struct(
  { path: text, rate: bytes(wholeOrText) },
  { strict: true, jsonNames: { path: "Path", rate: "Rate" } },
);

const anything = (schema: Schema): Kind<Json> => ({
  schema,
  decode: () => null,
  json: () => undefined,
});

const build = struct({
  context: text,
  dockerfile: text,
  dockerfile_inline: text,
  entitlements: plainTexts,
  args: environment,
  provenance: withSchema(text, types("string", "boolean")),
  sbom: withSchema(text, types("string", "boolean")),
  ssh: anything(listOrMapping),
  labels,
  cache_from: plainTexts,
  cache_to: plainTexts,
  no_cache: flag,
  additional_contexts: labels,
  pull: flag,
  extra_hosts: hosts,
  isolation: text,
  network: text,
  target: text,
  secrets: fileReferences,
  shm_size: bytes(wholeOrText),
  tags: plainTexts,
  ulimits,
  platforms: plainTexts,
  privileged: flag,
});

/** All fields of a service. */
export const serviceKind = struct({
  profiles: texts,
  annotations: labels,
  attach: choice,
  build: orShort(build, types("string")),
  develop: struct(
    {
      watch: list(
        struct(
          {
            path: text,
            action: withSchema(text, {
              types: ["string"],
              values: ["rebuild", "sync", "restart", "sync+restart", "sync+exec"],
            }),
            target: text,
            exec: { ...hook, absent: hook.json({}) as Json },
            include: textOrTexts,
            ignore: textOrTexts,
            initial_sync: withSchema(flag, types("boolean")),
          },
          { required: ["path", "action"] },
        ),
      ),
    },
    { orNull: true },
  ),
  blkio_config: struct(
    {
      weight: whole(wholeOrText),
      weight_device: list(
        struct(
          { path: text, weight: whole(wholeOrText) },
          { strict: true, jsonNames: { path: "Path", weight: "Weight" } },
        ),
      ),
      device_read_bps: list(throttle),
      device_read_iops: list(throttle),
      device_write_bps: list(throttle),
      device_write_iops: list(throttle),
    },
    { strict: true },
  ),
  cap_add: texts,
  cap_drop: texts,
  cgroup_parent: text,
  cgroup: withSchema(text, { types: ["string"], values: ["host", "private"] }),
  cpu_count: whole(atLeastZero),
  cpu_percent: float(oneOf(types("string"), { types: ["integer"], minimum: 0, maximum: 100 })),
  cpu_period: whole(numberOrText),
  cpu_quota: whole(numberOrText),
  cpu_rt_period: whole(numberOrText),
  cpu_rt_runtime: whole(numberOrText),
  cpus: float(numberOrText),
  cpuset: text,
  cpu_shares: whole(numberOrText),
  command,
  configs: fileReferences,
  container_name: withSchema(text, { types: ["string"], pattern: "[a-zA-Z0-9][a-zA-Z0-9_.-]+" }),
  credential_spec: struct({ config: text, file: text, registry: text }),
  depends_on: {
    ...named(dependency, name, true),
    schema: oneOf(listOfTexts, named(dependency, name, true).schema),
  } as Kind<Map<string, StructOf<typeof dependency.fields>>>,
  deploy,
  device_cgroup_rules: texts,
  devices: list(
    orShort(
      struct({ source: text, target: text, permissions: text }, { required: ["source"] }),
      types("string"),
    ),
  ),
  dns: textOrTexts,
  dns_opt: texts,
  dns_search: textOrTexts,
  domainname: text,
  entrypoint: command,
  provider: anything({ types: ["object"], required: ["type"] }),
  environment,
  env_file: withSchema(
    list(envFile),
    oneOf(types("string"), listOf(oneOf(types("string"), envFileStruct.schema))),
  ),
  expose: textsOrNumbers,
  external_links: texts,
  extra_hosts: hosts,
  group_add: textsOrNumbers,
  gpus: withSchema(
    list(deviceRequest),
    oneOf({ types: ["string"], values: ["all"] }, listOf({ ...deviceRequest.schema, required: [] })),
  ),
  hostname: text,
  healthcheck: struct({
    test: healthTest,
    timeout: duration,
    interval: duration,
    retries: count(numberOrText),
    start_period: duration,
    start_interval: duration,
    disable: flag,
  }),
  image: text,
  init: choice,
  ipc: text,
  isolation: text,
  labels,
  label_file: withSchema(texts, oneOf(types("string"), listOf(types("string")))),
  links: texts,
  logging: struct({ driver: text, options: options(mapping(/^.+$/, types("string", "number", "null"))) }),
  mem_limit: bytes(numberOrText),
  mem_reservation: bytes(wholeOrText),
  memswap_limit: bytes(numberOrText),
  mem_swappiness: bytes(wholeOrText),
  mac_address: text,
  models: anything({ types: ["array", "object"] }),
  network_mode: text,
  networks: {
    ...named(nullable(networkOfService), name, true),
    schema: oneOf(listOfTexts, named(nullable(networkOfService), name, true).schema),
  } as Kind<Map<string, StructOf<typeof networkOfService.fields> | null>>,
  oom_kill_disable: flag,
  oom_score_adj: whole(oneOf(types("string"), { types: ["integer"], minimum: -1000, maximum: 1000 })),
  pid: withSchema(text, types("string", "null")),
  pids_limit: whole(numberOrText),
  platform: text,
  ports: list(orShort(port, types("number"), types("string")), true),
  privileged: flag,
  pull_policy: withSchema(text, {
    types: ["string"],
    pattern: "always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+",
  }),
  read_only: flag,
  restart: text,
  runtime: text,
  scale: count(wholeOrText),
  secrets: fileReferences,
  security_opt: texts,
  shm_size: bytes(numberOrText),
  stdin_open: flag,
  stop_grace_period: duration,
  stop_signal: text,
  storage_opt: options({ types: ["object"] }),
  sysctls: labels,
  tmpfs: withSchema(texts, textOrList),
  tty: flag,
  ulimits,
  use_api_socket: withSchema(flag, types("boolean")),
  user: text,
  userns_mode: text,
  uts: text,
  volumes: list(orShort(volumeMount, types("string")), true),
  volumes_from: texts,
  working_dir: text,
  post_start: list(hook),
  pre_stop: list(hook),
});

/** A service as its file says. Labels that compose adds are not in it. */
export type ServiceConfig = StructOf<typeof serviceKind.fields>;
export type PortConfig = StructOf<typeof port.fields>;
export type VolumeMount = StructOf<typeof volumeMount.fields>;
export type ServiceNetwork = StructOf<typeof networkOfService.fields>;
export type Dependency = StructOf<typeof dependency.fields>;
export type Hook = StructOf<typeof hook.fields>;
export type FileReference = StructOf<typeof fileReference.fields>;
export type Ulimit = StructOf<typeof ulimitStruct.fields>;
