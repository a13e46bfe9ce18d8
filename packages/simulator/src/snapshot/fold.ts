// Applies recorded changes to a snapshot: the other half of `follow.ts`. `dryharbor serve --state` reads its
// file with it.

import type { EngineEvent } from "@dryharbor/sdk/port";
import { UsageError } from "@dryharbor/sdk/port";
import { keptEvents } from "../core/events/log.js";
import type { SavedContainer } from "./containers.js";
import type { SavedExec } from "./execs.js";
import type { SavedLogLine } from "./log-lines.js";
import type { SavedNetwork } from "./networks.js";
import { readState } from "./restore.js";
import { asSnapshot, type SavedParts, type SavedState, type Snapshot } from "./snapshot.js";
import type { SavedVolume } from "./volumes.js";

/** A change, as `StateFollower.changes` returns it. */
interface StateChange {
  readonly clock: string;
  readonly parts?: Partial<SavedParts & WholeParts>;
  readonly networks?: CollectionChange<SavedNetwork>;
  readonly containers?: CollectionChange<SavedContainer>;
  readonly volumes?: CollectionChange<SavedVolume>;
  readonly execs?: CollectionChange<SavedExec>;
  readonly events?: readonly EngineEvent[];
  /** The log's new lines by container id. The lines before `from` stay. */
  readonly logs?: Readonly<
    Record<string, { readonly from: number; readonly lines: readonly SavedLogLine[] }>
  >;
}

/** Larger parts that are nevertheless stored as a whole. */
type WholeParts = Pick<SavedState, "images" | "hostFiles" | "linkTargets" | "goneImages">;

/**
 * A change of a collection: first the items in `gone` are removed, then those in `set` replace the item of
 * the same id or are added at the end.
 */
interface CollectionChange<Saved> {
  readonly gone: readonly string[];
  readonly set: readonly Saved[];
}

/**
 * Returns the snapshot that results from a snapshot and the changes after it, in their order.
 *
 * @throws {UsageError} the snapshot or a change is not one that this simulator reads
 */
export function foldChanges(snapshot: Snapshot, changes: Iterable<string>): Snapshot {
  const state = readState(snapshot);
  let { clock } = state;
  // The compiler asks here for every new part of the state: it is one of the parts, or a collection below.
  let parts: SavedParts & WholeParts = state;
  const networks = collection(state.networks, ({ id }) => id);
  const containers = collection(state.containers, ({ id }) => id);
  const volumes = collection(state.volumes, ({ name }) => name);
  const execs = collection(state.execs, ({ id }) => id);
  const logs = new Map<string, readonly SavedLogLine[]>(Object.entries(state.logs));
  let events = [...state.events];

  for (const text of changes) {
    const change = readChange(text);
    clock = change.clock;
    parts = { ...parts, ...change.parts };
    networks.apply(change.networks);
    containers.apply(change.containers);
    volumes.apply(change.volumes);
    execs.apply(change.execs);
    for (const id of change.containers?.gone ?? []) logs.delete(id);
    for (const [id, { from, lines }] of Object.entries(change.logs ?? {})) {
      logs.set(id, [...(logs.get(id)?.slice(0, from) ?? []), ...lines]);
    }
    if (change.events) events = [...events, ...change.events].slice(-keptEvents);
  }
  const folded: SavedState = {
    ...parts,
    clock,
    networks: networks.all(),
    containers: containers.all(),
    volumes: volumes.all(),
    execs: execs.all(),
    events,
    logs: Object.fromEntries(
      containers.ids().flatMap((id) => {
        const lines = logs.get(id) ?? [];
        return lines.length > 0 ? [[id, lines]] : [];
      }),
    ),
  };
  return asSnapshot(folded);
}

function readChange(text: string): StateChange {
  const change = JSON.parse(text) as StateChange;
  if (typeof change?.clock === "string") return change;
  throw new UsageError("this is not a change of a simulator's state");
}

function collection<Saved>(saved: readonly Saved[], idOf: (one: Saved) => string) {
  const all = new Map(saved.map((one) => [idOf(one), one]));
  return {
    apply(change: CollectionChange<Saved> | undefined): void {
      for (const id of change?.gone ?? []) all.delete(id);
      for (const one of change?.set ?? []) all.set(idOf(one), one);
    },
    all: () => [...all.values()],
    ids: () => [...all.keys()],
  };
}
