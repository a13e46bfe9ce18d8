// Counts how often two engines agreed in each concept, and keeps each kind of disagreement with the shortest script that
// showed it.
import type { Command } from "../commands/command.js";
import type { Disagreement } from "../compare/compare.js";
import type { Observation } from "../observe/session.js";
import { type Concept, concepts, isRefusal, type Part, partAt, partsOf } from "./concepts.js";

/** How far two engines agree in one concept. */
export interface ConceptGrade {
  readonly concept: Concept;
  readonly comparisons: number;
  readonly agreed: number;
}

/** One kind of disagreement: the same place, whatever things are called there. */
export interface Kind {
  readonly concept: Concept;
  /** E.g. `networks.create › outcome › message`, `container › NetworkSettings › Networks › * › DNSNames`. */
  readonly place: string;
  /** How many comparisons showed it. */
  readonly count: number;
  /** The shortest commands that led to it, and one place where it showed after them. */
  readonly commands: readonly Command[];
  readonly disagreement: Disagreement;
}

type Counts = { comparisons: number; agreed: number };
type OpenKind = { -readonly [Key in keyof Kind]: Kind[Key] };

export class Tally {
  readonly #concepts = new Map<Concept, Counts>(
    concepts.map((concept) => [concept, { comparisons: 0, agreed: 0 }]),
  );
  readonly #kinds = new Map<string, OpenKind>();
  readonly #leaveOut: (entry: string) => boolean;

  /** @param leaveOut tells which entries of an observation do not count */
  constructor(leaveOut: (entry: string) => boolean = () => false) {
    this.#leaveOut = leaveOut;
  }

  /** Counts one step. */
  count(
    commands: readonly Command[],
    expected: Observation,
    actual: Observation,
    disagreements: readonly Disagreement[],
  ): void {
    const command = commands.at(-1);
    const parts = partsOf(command, expected, actual).filter(({ entry }) => !this.#leaveOut(entry));
    const differing = new Set<Part>();
    for (const disagreement of disagreements) {
      const part = partAt(parts, disagreement.path);
      if (!part) continue;
      differing.add(part);
      this.disagreed(part.concept, placeOf(command, disagreement), commands, disagreement);
    }
    for (const part of parts) {
      const counts = this.#concepts.get(part.concept)!;
      counts.comparisons++;
      if (!differing.has(part)) counts.agreed++;
    }
  }

  /** Counts a step after which one engine has done what the other has refused. All else that differs follows from that. */
  countParted(commands: readonly Command[], expected: Observation, actual: Observation): void {
    const command = commands.at(-1)!;
    const refuses = isRefusal(actual.outcome);
    const disagreement = { path: ["outcome"], expected: expected.outcome, actual: actual.outcome };
    const { concept } = partAt(partsOf(command, expected, actual), disagreement.path)!;
    const place = `${command.call} › ${refuses ? "refused, and not done" : "done, and not refused"}`;
    this.disagreed(concept, place, commands, disagreement);
    this.#concepts.get(concept)!.comparisons++;
  }

  /** Counts a disagreement of a kind. */
  disagreed(concept: Concept, place: string, commands: readonly Command[], disagreement: Disagreement): void {
    const key = `${concept} ${place}`;
    const known = this.#kinds.get(key);
    if (!known) this.#kinds.set(key, { concept, place, count: 1, commands: [...commands], disagreement });
    else {
      known.count++;
      if (commands.length < known.commands.length)
        Object.assign(known, { commands: [...commands], disagreement });
    }
  }

  /** Those that were compared at all. */
  get concepts(): ConceptGrade[] {
    return [...this.#concepts]
      .map(([concept, counts]) => ({ concept, ...counts }))
      .filter(({ comparisons }) => comparisons > 0);
  }

  /** By concept, and within it the most frequent first. */
  get kinds(): Kind[] {
    const place = ({ concept }: Kind) => concepts.indexOf(concept);
    return [...this.#kinds.values()].sort(
      (one, other) => place(one) - place(other) || other.count - one.count,
    );
  }
}

/** Fields whose keys are names of the user's. */
const named = new Set([
  "Networks",
  "Containers",
  "Ports",
  "PortBindings",
  "Labels",
  "Options",
  "AuxiliaryAddresses",
]);

/** The place of a disagreement without the names of things. */
function placeOf(command: Command | undefined, { path, expected, actual }: Disagreement): string {
  const [entry = "", ...fields] = path;
  const kind = entry.startsWith("list of") ? entry : entry.split(" ", 1)[0]!;
  const general = fields.map((field, index) =>
    /^\d+$/.test(field) || named.has(fields[index - 1] ?? "") ? "*" : field,
  );
  const words =
    fields.at(-1) === "message" ? [withoutNames(command, JSON.stringify([expected, actual]))] : [];
  const call = kind === "outcome" || kind === "events" ? [command?.call ?? "no command"] : [];
  return [...call, kind, ...general, ...words].join(" › ");
}

/** A pair of messages is a kind of its own, whatever the command's things are called. Symbols in it are numbered. */
function withoutNames(command: Command | undefined, messages: string): string {
  return stringsIn(command?.args)
    .filter((name) => name.length > 1)
    .sort((one, other) => other.length - one.length)
    .reduce((text, name) => text.replaceAll(name, "*"), messages)
    .replace(/ \d+(?=>)/g, "");
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.entries(value).flat().flatMap(stringsIn) : [];
}
