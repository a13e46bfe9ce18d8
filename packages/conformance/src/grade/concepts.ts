// What an observation tells about which concept. `tally.ts` counts by it.
import type { CallName, Command } from "../commands/command.js";
import type { Observation } from "../observe/session.js";

/** What an engine is graded in. */
export const concepts = [
  "networks",
  "IPAM",
  "endpoints",
  "DNS",
  "traffic",
  "containers",
  "lifecycle",
  "events",
  "errors",
  "the rest",
] as const;

/** One of {@link concepts}. */
export type Concept = (typeof concepts)[number];

/** A part of an observation that counts as one comparison. */
export interface Part {
  readonly entry: string;
  /** The fields of the entry that are meant; all others where it is `undefined`. */
  readonly field: string | undefined;
  readonly concept: Concept;
}

/** Fields of an inspect that tell of a concept of their own. */
const ofNetwork: Readonly<Record<string, Concept>> = { IPAM: "IPAM", Containers: "endpoints" };
const ofContainer: Readonly<Record<string, Concept>> = { NetworkSettings: "endpoints", State: "lifecycle" };

const lifecycle = new Set<CallName>([
  "containers.start",
  "containers.stop",
  "containers.kill",
  "containers.restart",
  "containers.pause",
  "containers.unpause",
  "containers.wait",
  "containers.remove",
  "containers.rename",
  "containers.update",
  "containers.prune",
]);

/** Parts what was seen after a command, by both engines together. */
export function partsOf(command: Command | undefined, expected: Observation, actual: Observation): Part[] {
  const entries = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...entries].flatMap((entry) => {
    const fields = ownFields(entry);
    const rest = { entry, field: undefined, concept: conceptOf(entry, command, expected[entry]) };
    return [rest, ...Object.entries(fields).map(([field, concept]) => ({ entry, field, concept }))];
  });
}

/** The part that a path leads into. */
export function partAt(parts: readonly Part[], [entry, field]: readonly string[]): Part | undefined {
  const of = parts.filter((part) => part.entry === entry);
  return of.find((part) => part.field !== undefined && part.field === field) ?? of[0];
}

function ownFields(entry: string): Readonly<Record<string, Concept>> {
  if (entry.startsWith("network ")) return ofNetwork;
  return entry.startsWith("container ") ? ofContainer : {};
}

function conceptOf(entry: string, command: Command | undefined, expected: unknown): Concept {
  if (entry === "outcome") return isRefusal(expected) ? "errors" : ofCall(command!.call);
  const [kind = ""] = entry.split(" ");
  if (entry === "list of networks") return "networks";
  if (entry === "list of containers") return "containers";
  return (
    (
      {
        network: "networks",
        container: "containers",
        events: "events",
        wait: "lifecycle",
        dns: "DNS",
        traffic: "traffic",
      } as const
    )[kind] ?? "the rest"
  );
}

function ofCall(call: CallName): Concept {
  if (call === "networks.connect" || call === "networks.disconnect") return "endpoints";
  if (lifecycle.has(call)) return "lifecycle";
  const [group] = call.split(".");
  if (group === "networks" || group === "containers") return group;
  if (group === "exec") return "containers";
  return group === "dns" ? "DNS" : "the rest";
}

/** Whether an outcome is an engine's refusal. */
export function isRefusal(outcome: unknown): boolean {
  return typeof outcome === "object" && outcome !== null && !("answer" in outcome);
}
