// Which fields each check has.

import type { Check } from "../checks/check.js";
import {
  anyObject,
  fields,
  flag,
  type LevelProblem,
  list,
  number,
  oneOf,
  onlyTrue,
  optional,
  type Read,
  text,
} from "./fields.js";

const port = number("the number of a port", 1, 65535);
const name = text("a name");
const statement = { not: optional(onlyTrue), says: optional(text()) };

const shapes: { readonly [Kind in Check["check"]]: Read<Extract<Check, { readonly check: Kind }>> } = {
  network: fields({
    check: oneOf("network"),
    name,
    driver: optional(name),
    internal: optional(flag),
    ipv6: optional(flag),
    subnet: optional(text("a subnet such as 10.1.0.0/24", /^[0-9a-f.:]+\/\d+$/i)),
    ...statement,
  }),
  container: fields({
    check: oneOf("container"),
    name,
    state: optional(oneOf("created", "running", "paused", "restarting", "removing", "exited", "dead")),
    health: optional(oneOf("starting", "healthy", "unhealthy")),
    image: optional(name),
    exitCode: optional(number("an exit code", 0, 255)),
    sharesNetworkOf: optional(name),
    ...statement,
  }),
  attached: fields({
    check: oneOf("attached"),
    container: name,
    network: name,
    address: optional(text("an address", /^[0-9a-f.:]+$/i)),
    alias: optional(name),
    ...statement,
  }),
  resolves: fields({
    check: oneOf("resolves"),
    from: name,
    name,
    to: optional(list(name, { least: 1 })),
    type: optional(oneOf("A", "AAAA")),
    ...statement,
  }),
  reaches: fields({
    check: oneOf("reaches"),
    from: name,
    to: name,
    network: optional(name),
    port: optional(port),
    answer: optional(oneOf("answers", "refused", "no-route", "silent")),
    ...statement,
  }),
  published: fields({
    check: oneOf("published"),
    container: name,
    port,
    protocol: optional(oneOf("tcp", "udp")),
    hostPort: optional(port),
    address: optional(text("an address", /^[0-9a-f.:]+$/i)),
    answers: optional(flag),
    ...statement,
  }),
  prints: fields({
    check: oneOf("prints"),
    command: optional(patternText),
    contains: optional(text()),
    matches: optional(patternText),
    lacks: optional(text()),
    exitCode: optional(number("an exit code", 0, 255)),
    ...statement,
  }),
};

/** Reads one check. */
export const check: Read<Check> = (value, where, problems) => {
  const given = anyObject(value, where, problems) as { readonly check?: unknown };
  const known = Object.keys(shapes) as Check["check"][];
  const kind = oneOf(...known)(given.check, `${where}.check`, problems);
  return shapes[kind](
    kind === given.check ? value : { ...given, check: kind },
    where,
    kind === given.check ? problems : [],
  );
};

function patternText(value: unknown, where: string, problems: LevelProblem[]): string {
  const source = text("a pattern")(value, where, problems);
  try {
    new RegExp(source);
  } catch {
    problems.push({ where, what: `"${source}" is not a pattern` });
  }
  return source;
}
