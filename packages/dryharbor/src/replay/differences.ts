// Where two answers to the same request differ. What differs between any two runs counts as equal: ids, times, addresses
// of interfaces, ports that the engine picks, and where the engine keeps its files.
import { unframed } from "./frames.js";
import type { KnownIds } from "./known-ids.js";
import type { Answer } from "./recorded.js";

/** One place where two answers differ. */
export interface Difference {
  /** E.g. `status`, `body.IPAM.Config[0].Gateway`, `line 3`. */
  readonly place: string;
  /** As JSON; `undefined` for what is not there. */
  readonly recorded: string | undefined;
  readonly now: string | undefined;
}

/** Compares two answers, and learns the ids that both have in the same place. */
export function differences(recorded: Answer, now: Answer, ids: KnownIds): Difference[] {
  const own = recorded.status === now.status ? [] : [different("status", recorded.status, now.status)];
  if (/tar$/.test(recorded.contentType) && recorded.status === now.status) return own;
  const [before, after] = [contentOf(recorded), contentOf(now)];
  return [...own, ...compare(before, after, { place: "body", key: "", ids })];
}

/** A body that is no JSON: lines of JSON or of text. */
class Lines {
  constructor(readonly lines: readonly unknown[]) {}
}

function contentOf({ body }: Answer): unknown {
  if (body.length === 0) return undefined;
  const output = unframed(body) ?? body.toString();
  try {
    return JSON.parse(output) as unknown;
  } catch {
    return new Lines(
      output
        .replace(/\r?\n$/, "")
        .split(/\r?\n/)
        .map(lineValue),
    );
  }
}

function lineValue(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return line;
  }
}

interface Place {
  readonly place: string;
  /** The name of the field. */
  readonly key: string;
  readonly ids: KnownIds;
}

function compare(recorded: unknown, now: unknown, at: Place): Difference[] {
  if (recorded instanceof Lines || now instanceof Lines) {
    return pairs(linesOf(recorded), linesOf(now)).flatMap(([one, other], index) =>
      compare(one, other, { ...at, place: `line ${index + 1}` }),
    );
  }
  if (Array.isArray(recorded) && Array.isArray(now)) {
    const after = inOrderOf(recorded, now, at.ids);
    return pairs(recorded, after).flatMap(([one, other], index) =>
      compare(one, other, { ...at, place: `${at.place}[${index}]` }),
    );
  }
  if (isRecord(recorded) && isRecord(now)) {
    // Ids first, so that what else names them is understood.
    const keys = new Map(Object.keys(recorded).map((key) => [key, key in now ? key : at.ids.fill(key)]));
    const added = Object.keys(now).filter((key) => ![...keys.values()].includes(key));
    const order = [...keys].sort(([one], [other]) => Number(/^Id$/i.test(other)) - Number(/^Id$/i.test(one)));
    return [
      ...order.flatMap(([key, other]) =>
        compare(recorded[key], now[other], { ...at, place: `${at.place}.${key}`, key }),
      ),
      ...added.map((key) => different(`${at.place}.${key}`, undefined, now[key])),
    ];
  }
  if (typeof recorded === "string" && typeof now === "string") {
    at.ids.learn(recorded, now);
    const filled = at.ids.fill(recorded);
    return filled === now || varying(filled) === varying(now) ? [] : [different(at.place, filled, now)];
  }
  if (typeof recorded === "number" && typeof now === "number" && ofTheRun.has(at.key)) return [];
  return Object.is(recorded, now) ? [] : [different(at.place, recorded, now)];
}

/** Numbers that no two runs share. */
const ofTheRun = new Set(["Created", "time", "timeNano", "Pid", "PublicPort"]);

/** Leaves out of a text what no two runs share. */
function varying(text: string): string {
  return text
    .replaceAll(/(?!0001)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, "(time)")
    .replaceAll(/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, "(MAC address)")
    .replaceAll(/\b\d+\.\d+(\/\d+\.\d+)* ms\b/g, "(a while)")
    .replaceAll(/(\d+|About an?|Less than a) (second|minute|hour|day)s?/g, "(a while)")
    .replaceAll(/\b(3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[45]\d{4}|60\d{3})\b/g, "(port)")
    .replaceAll(/\/[\w./-]*\/(?=(containers|overlay2|volumes|netns)\/)/g, "(engine)/");
}

/** Lists of things come in orders of their own, so things are paired by their ids or names. */
function inOrderOf(recorded: readonly unknown[], now: readonly unknown[], ids: KnownIds): readonly unknown[] {
  const left = [...now];
  const found = recorded.map((one) => {
    const name = nameOf(one);
    const index = name === undefined ? -1 : left.findIndex((other) => nameOf(other) === ids.fill(name));
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
  return [...found.map((each) => each ?? left.shift()), ...left];
}

function nameOf(thing: unknown): string | undefined {
  if (!isRecord(thing)) return undefined;
  const { Name, Names, RepoTags, Id } = thing;
  return [Name, ...[Names, RepoTags].flat(), Id].find((each): each is string => typeof each === "string");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pairs(one: readonly unknown[], other: readonly unknown[]): [unknown, unknown][] {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => [one[index], other[index]]);
}

function linesOf(value: unknown): readonly unknown[] {
  if (value instanceof Lines) return value.lines;
  return value === undefined ? [] : [value];
}

function different(place: string, recorded: unknown, now: unknown): Difference {
  return { place, recorded: JSON.stringify(recorded), now: JSON.stringify(now) };
}
