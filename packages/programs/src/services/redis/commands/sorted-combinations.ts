// Unions, intersections and differences of sorted sets. Sets take part with a score of 1 for each member.
import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call, Handler } from "../engine/command.js";
import { CommandError, notInteger, syntaxError, wrongType } from "../engine/command-error.js";
import type { Reply } from "../protocol/reply.js";
import type { Scored } from "../values/sorted-members.js";
import { SortedSetValue } from "../values/value.js";
import { count, float, Options, place } from "./arguments.js";
import { shownMembers } from "./sorted-sets.js";

type Kind = "union" | "intersection" | "difference";
type Scores = ReadonlyMap<ByteText, number>;

function scoresOf({ database }: Call, key: ByteText): Scores {
  const value = database.look(key);
  if (!value) return new Map();
  if (value.type === "set") return new Map([...value.members()].map((member) => [member, 1]));
  if (value.type === "zset")
    return new Map(value.members.ascending.map(({ member, score }) => [member, score]));
  throw new CommandError(wrongType);
}

const aggregates: Readonly<Record<string, (one: number, other: number) => number>> = {
  // The sum of both infinities counts as 0.
  SUM: (one, other) => (Number.isNaN(one + other) ? 0 : one + other),
  MIN: Math.min,
  MAX: Math.max,
};

interface Combined {
  readonly result: SortedSetValue;
  readonly withScores: boolean;
  readonly limit: number;
}

/** Reads a number of keys, the keys and the options, and combines what the keys hold. */
function combine(
  call: Call,
  kind: Kind,
  use: "shown" | "stored" | "counted",
  args: readonly ByteText[],
): Combined {
  const number = place(args[0], notInteger);
  if (number < 1)
    throw new CommandError(`ERR at least 1 input key is needed for '${call.command.name}' command`);
  if (number > args.length - 1) throw new CommandError(syntaxError);
  const sources = args.slice(1, number + 1).map((key) => scoresOf(call, key));
  const options = new Options(args.slice(number + 1));
  const isWeighted = kind !== "difference" && use !== "counted";
  let weights = sources.map(() => 1);
  let aggregate = aggregates.SUM as (typeof aggregates)[string];
  let withScores = false;
  let limit = 0;
  while (options.hasMore) {
    if (isWeighted && options.takes("WEIGHTS", number)) {
      weights = sources.map(() => float(options.next(), "ERR weight value is not a float"));
    } else if (isWeighted && options.takes("AGGREGATE", 1)) {
      const chosen = aggregates[options.next().toUpperCase()];
      if (!chosen) throw new CommandError(syntaxError);
      aggregate = chosen;
    } else if (use === "shown" && options.takes("WITHSCORES")) {
      withScores = true;
    } else if (use === "counted" && options.takes("LIMIT", 1)) {
      limit = count(options.next(), 0, "ERR LIMIT can't be negative");
    } else {
      options.refuse();
    }
  }
  const weighted = sources.map((scores, at) => ({ scores, weight: weights[at] as number }));
  const result = new SortedSetValue();
  for (const { member, score } of combinations[kind](weighted, aggregate))
    result.set(member, score, call.redis.limits);
  return { result, withScores, limit };
}

interface Source {
  readonly scores: Scores;
  readonly weight: number;
}
type Aggregate = (one: number, other: number) => number;

function weightedScore({ scores, weight }: Source, member: ByteText): number {
  const score = (scores.get(member) as number) * weight;
  return Number.isNaN(score) ? 0 : score;
}

const combinations: Readonly<
  Record<Kind, (sources: readonly Source[], aggregate: Aggregate) => Iterable<Scored>>
> = {
  union(sources, aggregate) {
    const sums = new Map<ByteText, number>();
    for (const source of sources) {
      for (const member of source.scores.keys()) {
        const score = weightedScore(source, member);
        const before = sums.get(member);
        sums.set(member, before === undefined ? score : aggregate(before, score));
      }
    }
    return Array.from(sums, ([member, score]) => ({ member, score }));
  },
  intersection(sources, aggregate) {
    const [smallest, ...others] = [...sources].sort((a, b) => a.scores.size - b.scores.size) as [
      Source,
      ...Source[],
    ];
    return [...smallest.scores.keys()]
      .filter((member) => others.every(({ scores }) => scores.has(member)))
      .map((member) => ({
        member,
        score: others.reduce(
          (sum, source) => aggregate(sum, weightedScore(source, member)),
          weightedScore(smallest, member),
        ),
      }));
  },
  difference([first, ...others]) {
    return [...(first?.scores ?? [])]
      .filter(([member]) => !others.some(({ scores }) => scores.has(member)))
      .map(([member, score]) => ({ member, score }));
  },
};

function shown(kind: Kind): Handler {
  return (call) => {
    const { result, withScores } = combine(call, kind, "shown", call.args);
    return shownMembers(result.members.ascending, withScores);
  };
}

function stored(kind: Kind): Handler {
  return (call): Reply => {
    const [target = "", ...rest] = call.args;
    const { result } = combine(call, kind, "stored", rest);
    if (result.members.size === 0) call.database.remove(target);
    else call.database.put(target, result);
    return result.members.size;
  };
}

export const sortedCombinationCommands: Readonly<Record<string, Handler>> = {
  zunion: shown("union"),
  zinter: shown("intersection"),
  zdiff: shown("difference"),
  zunionstore: stored("union"),
  zinterstore: stored("intersection"),
  zdiffstore: stored("difference"),
  zintercard(call) {
    const { result, limit } = combine(call, "intersection", "counted", call.args);
    return limit === 0 ? result.members.size : Math.min(limit, result.members.size);
  },
};
