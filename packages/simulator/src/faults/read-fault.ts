// Reads a fault that somebody gives, and refuses one that could never strike, or is none.

import { everyCall, type NamedCall } from "@dryharbor/sdk/calls";
import { UsageError } from "@dryharbor/sdk/port";
import type { ReleaseName } from "../core/releases/row.js";
import { routesOf } from "../http/routes/table.js";
import { routeName } from "../http/routes/unserved.js";
import type { Schema } from "../schema.js";
import { anonymous, namedRoutes, namesIn } from "./calls/subject.js";
import type { CallFault, Fault, NameFault, WayFault } from "./fault.js";
import {
  always,
  check,
  checkFields,
  isRecord,
  milliseconds,
  nested,
  oneOf,
  schemaOf,
  share,
  text,
  texts,
  whole,
  wrong,
} from "./fields.js";

const often = { times: whole(1), each: whole(1), probability: share } as const;

const whereFields = {
  arguments: check({ type: "array" }, (value) => (Array.isArray(value) ? undefined : "must be an array")),
  path: texts,
  query: texts,
  container: text,
  network: text,
  labels: texts,
} as const;

const errorFields = { status: whole(400, 599), message: text } as const;

const streamFields = { after: whole(0), does: oneOf("break", "stall", "repeat"), for: milliseconds } as const;

const callFields = {
  call: text,
  route: text,
  where: nested(whereFields),
  ...often,
  delay: milliseconds,
  late: milliseconds,
  error: nested(errorFields, ["status", "message"]),
  drop: oneOf("before", "after", "body"),
  stream: nested(streamFields, ["does"]),
  exitCode: whole(0, 255),
} as const;

const end = check({ anyOf: [text.schema, schemaOf({ network: text }, ["network"])] }, (value) =>
  (typeof value === "string" && value !== "") ||
  (isRecord(value) && Object.keys(value).join() === "network" && text(value.network) === undefined)
    ? undefined
    : 'must be the name of a container, "host", "outside" or { network: name }',
);

const ends = check({ type: "array", items: end.schema, minItems: 2, maxItems: 2 }, (value) =>
  Array.isArray(value) && value.length === 2 && value.every((each) => end(each) === undefined)
    ? undefined
    : "must be two ends, such as two names of containers",
);

const wayFields = {
  between: ends,
  from: end,
  to: end,
  network: text,
  partition: always,
  loss: share,
  latency: milliseconds,
  jitter: milliseconds,
  bandwidth: whole(1),
  reset: always,
} as const;

const nameFields = {
  name: text,
  asker: text,
  answer: oneOf("SERVFAIL", "NXDOMAIN", "REFUSED", "silence"),
  late: milliseconds,
  ...often,
} as const;

const engineFields = { engine: oneOf("restarting", "disk full"), for: milliseconds } as const;

/** The schema of a fault. Some faults that it allows could never strike, and are refused. */
export const faultSchema: Schema = {
  description: "What goes wrong on purpose: with a call or a route, a way, a name, or the engine",
  anyOf: [
    {
      ...schemaOf(callFields),
      minProperties: 2,
      description: "A call, or a route, fails, waits, drops, breaks off, or starts what ends at once",
    },
    {
      ...schemaOf(wayFields),
      minProperties: 2,
      description: "Packets get lost, are late, or are refused on a way",
    },
    {
      ...schemaOf(nameFields, ["name"]),
      minProperties: 2,
      description: "A DNS server answers wrongly, late or not",
    },
    { ...schemaOf(engineFields, ["engine"]), description: "The engine restarts, or its disk is full" },
  ],
};

/** The fields that tell what kind of fault one is. */
const telling = ["call", "route", "between", "from", "to", "network", "name", "engine"] as const;

/**
 * Reads a fault.
 *
 * @returns a copy of it
 * @throws {UsageError} it is no fault, or could never strike; the message says what to do
 */
export function readFault(given: unknown, release: ReleaseName): Fault {
  if (!isRecord(given))
    throw wrong("it", 'must be an object, such as { call: "networks.connect", drop: "before" }');
  const fault = copied(given);
  if (fault.call !== undefined || fault.route !== undefined) return readCallFault(fault, release);
  if (fault.engine !== undefined) {
    checkFields(fault, "", engineFields);
    return fault as unknown as Fault;
  }
  if (fault.name !== undefined) return readNameFault(fault);
  if (telling.some((name) => fault[name] !== undefined)) return readWayFault(fault);
  throw new UsageError(
    "this fault says nowhere what it strikes: give it a call or a route, between, from and to, or a network, " +
      "a name, or engine",
  );
}

/** A copy as JSON, so that it stays the same whatever its owner does. */
function copied(given: Record<string, unknown>): Record<string, unknown> {
  let text: string;
  try {
    text = JSON.stringify(given, (name, value) => {
      if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") {
        throw wrong(name, `is a ${typeof value}, and a fault is JSON`);
      }
      if (typeof value === "number" && !Number.isFinite(value))
        throw wrong(name, `must be a number, not ${value}`);
      return value;
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError("this is no fault: it is no JSON, since it contains itself", { cause: error });
  }
  return JSON.parse(text) as Record<string, unknown>;
}

const effects = ["delay", "late", "error", "drop", "stream", "exitCode"] as const;

function readCallFault(fault: Record<string, unknown>, release: ReleaseName): Fault {
  checkFields(fault, "", callFields);
  const { where, error, stream } = fault;
  if (where !== undefined) checkFields(where, "where", whereFields);
  if (error !== undefined) {
    checkFields(error, "error", errorFields);
    for (const name of ["status", "message"])
      if (error[name] === undefined) throw wrong(`error.${name}`, "is missing");
  }
  if (stream !== undefined) {
    checkFields(stream, "stream", streamFields);
    if (stream.does === undefined) throw wrong("stream.does", "is missing: break, stall or repeat");
    if (stream.does === "repeat" && !stream.after) {
      throw wrong("stream.after", "is missing: how many pieces come before they repeat");
    }
    if (stream.for !== undefined && stream.does !== "stall") throw wrong("stream.for", "is for a stall only");
  }
  const named = fault as unknown as CallFault;
  if (named.call !== undefined && named.route !== undefined) {
    throw wrong("call", `and route are two ways to say it: give one of them`);
  }
  if (effects.every((name) => fault[name] === undefined)) {
    throw new UsageError(`this fault does nothing: give it one of ${effects.join(", ")}`);
  }
  const excluded = (one: string, others: readonly string[]): void => {
    const other = fault[one] === undefined ? undefined : others.find((name) => fault[name] !== undefined);
    if (other)
      throw wrong(one, `and ${other} exclude each other: the engine does nothing then. Give one of them`);
  };
  excluded("error", ["drop", "stream", "exitCode", "late"]);
  if (named.drop === "before") excluded("drop", ["late", "stream", "exitCode"]);
  if (named.drop !== undefined && named.stream)
    throw wrong("drop", "and stream exclude each other: give one of them");
  checkReached(named, callsOf(named, release));
  return named;
}

/** Returns the calls that a fault may strike. @throws {UsageError} there are none */
function callsOf({ call, route }: CallFault, release: ReleaseName): readonly NamedCall[] {
  if (call !== undefined) {
    const found = everyCall.find(({ name }) => name === call);
    if (found) return [found];
    if (call.startsWith("dns.")) {
      throw new UsageError(
        `${call} asks no engine: let a name go wrong, as in { name: "db", answer: "SERVFAIL" }`,
      );
    }
    if (call.startsWith("traffic.")) {
      throw new UsageError(
        `${call} asks no engine: let a way go wrong, as in { between: ["web", "db"], loss: 0.5 }`,
      );
    }
    const [group = ""] = String(call).split(".");
    const near = everyCall.filter(({ name }) => name.split(".")[0] === group).map(({ name }) => name);
    const known = near.length > 0 ? near : [...new Set(everyCall.map(({ name }) => name.split(".")[0]!))];
    throw new UsageError(
      `there is no call "${call}": ${near.length > 0 ? "there are" : "the groups of calls are"} ${known.join(", ")}`,
    );
  }
  const asked = anonymous(route!);
  const routes = routesOf(release).map(routeName);
  if (!routes.some((each) => anonymous(each) === asked)) {
    const [, first = ""] = /^\S+ (\/[^/]*)/.exec(route!) ?? [];
    const near = routes.filter((each) => first !== "" && each.includes(` ${first}`)).slice(0, 12);
    const hint =
      near.length > 0
        ? `there are ${near.join(", ")}`
        : "a route is a method and a path without version, such as POST /networks/{id}/connect";
    throw new UsageError(`the engine ${release} has no route "${route}": ${hint}`);
  }
  return namedRoutes.get(asked) ?? [];
}

/** Checks that what a fault asks of a call, and does to it, is there. */
function checkReached(fault: CallFault, calls: readonly NamedCall[]): void {
  const { call, route, where, stream, exitCode } = fault;
  const spelled = call ?? route!;
  const some = (holds: (call: NamedCall) => boolean): boolean => calls.some(holds);
  const never = (problem: string): UsageError => new UsageError(`this fault could never strike: ${problem}`);
  if (stream && calls.length > 0 && !some(({ call: { answer } }) => inPieces.has(answer.kind))) {
    throw never(`${spelled} does not answer in pieces. Leave stream out`);
  }
  if (
    exitCode !== undefined &&
    !some(({ name }) => name === "containers.start" || name === "containers.restart")
  ) {
    throw never(`${spelled} starts no process. exitCode is for containers.start and containers.restart`);
  }
  if (!where) return;
  if (where.arguments && !some(({ call: each }) => where.arguments!.length <= argumentsOf(each))) {
    const most = Math.max(0, ...calls.map(({ call: each }) => argumentsOf(each)));
    throw never(`where.arguments has ${where.arguments.length}, and ${spelled} takes at most ${most}`);
  }
  for (const name of Object.keys(where.path ?? {})) {
    const known = namesIn(route ?? calls[0]!.call.route).flat();
    if (!known.includes(name)) {
      throw never(
        known.length === 0
          ? `the path of ${spelled} has no variable part. Leave where.path out`
          : `the path of ${spelled} has no part "${name}", but ${known.join(", ")}`,
      );
    }
  }
  if (where.container !== undefined && calls.length > 0 && !some(({ name }) => aboutContainers.test(name))) {
    throw never(`${spelled} is about no container. Leave where.container out`);
  }
  if (where.network !== undefined && calls.length > 0 && !some(({ name }) => aboutNetworks.test(name))) {
    throw never(`${spelled} is about no network. Leave where.network out`);
  }
  if (where.labels && calls.length > 0 && !some(({ name }) => labelled.test(name))) {
    throw never(`${spelled} is about nothing that has labels. Leave where.labels out`);
  }
}

const inPieces: ReadonlySet<string> = new Set(["lines", "progress", "output", "bytes", "archive"]);
const aboutContainers = /^(containers\.(?!list$|prune$)|exec\.|networks\.(connect|disconnect)$)/;
const aboutNetworks = /^networks\.(?!list$|prune$)/;
const labelled = /^(containers|exec|networks|volumes)\.(?!list$|prune$)/;

function argumentsOf({ arguments: own = [], options = {} }: NamedCall["call"]): number {
  return own.length + (Object.keys(options).length > 0 ? 1 : 0);
}

function readNameFault(fault: Record<string, unknown>): Fault {
  checkFields(fault, "", nameFields);
  const { answer, late } = fault as unknown as NameFault;
  if (answer === undefined && late === undefined) {
    throw new UsageError("this fault does nothing: give it an answer, or make the answer late");
  }
  if (answer === "silence" && late !== undefined) {
    throw wrong("late", "is for an answer, and silence is none: leave it out");
  }
  return fault as unknown as Fault;
}

const wayEffects = ["partition", "loss", "latency", "jitter", "bandwidth", "reset"] as const;

function readWayFault(fault: Record<string, unknown>): Fault {
  checkFields(fault, "", wayFields);
  const { between, from, to, network, ...effect } = fault as unknown as WayFault;
  if ((from === undefined) !== (to === undefined)) {
    throw wrong(from === undefined ? "from" : "to", "is missing: a way in one direction has from and to");
  }
  const places = [between, from, network].filter((place) => place !== undefined);
  if (places.length !== 1)
    throw wrong("its place", "is said twice: give between, or from and to, or network");
  const [one, other] = between ?? [from, to];
  if (one !== undefined && typeof one === "string" && one === other) {
    throw new UsageError(`this fault could never strike: no packet leaves ${one} on its way to ${one}`);
  }
  if (wayEffects.every((name) => fault[name] === undefined)) {
    throw new UsageError(`this fault does nothing: give it one of ${wayEffects.join(", ")}`);
  }
  if (effect.partition && wayEffects.some((name) => name !== "partition" && fault[name] !== undefined)) {
    throw wrong("partition", "lets nothing arrive: leave the other effects out");
  }
  if (effect.jitter !== undefined && (effect.latency ?? 0) < effect.jitter) {
    throw wrong("jitter", "must not be greater than latency: no packet arrives before it is sent");
  }
  return fault as unknown as Fault;
}
