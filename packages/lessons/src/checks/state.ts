// What checks look at: the engine, its topology at one moment, and what has been typed.

import { type Engine, UsageError } from "@dryharbor/sdk/port";
import type { Topology, TopologyContainer, TopologyNetwork } from "@dryharbor/sdk/topology";

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that was typed, with its outcome. */
export interface Ran {
  readonly command: string;
  readonly outcome: Outcome;
  /** The directory in which it was carried out. Absent for the one in which a machine begins. */
  readonly cwd?: string;
  /** The directory in which its shell went on, as after `cd`. Absent where that is the same. */
  readonly movedTo?: string;
}

/** What checks look at. */
export interface State {
  readonly engine: Engine;
  readonly topology: Topology;
  /** The commands that count, in order. */
  readonly ran: readonly Ran[];
}

/** What a check has found. */
export interface Finding {
  readonly held: boolean;
  /** What holds, or what is still missing: a sentence without a full stop. */
  readonly says: string;
}

export const held = (says: string): Finding => ({ held: true, says });
export const missing = (says: string): Finding => ({ held: false, says });

export function containerOf({ topology }: State, name: string): TopologyContainer | undefined {
  return topology.containers.find((each) => each.name === name);
}

export function networkOf({ topology }: State, name: string): TopologyNetwork | undefined {
  return topology.networks.find((each) => each.name === name);
}

/** Whether the container has processes, and so addresses. */
function runs({ state }: TopologyContainer): boolean {
  return state === "running" || state === "paused";
}

/** Why nothing can be asked from inside a container; `undefined` where something can be. */
export function cannotAsk(state: State, name: string): string | undefined {
  const container = containerOf(state, name);
  if (!container) return `there is no container ${name} yet`;
  return runs(container) ? undefined : `${name} does not run: its state is ${container.state}`;
}

/** The addresses of a container, or of the one whose network it uses, on one network or on all. */
export function addressesOf(
  state: State,
  name: string,
  { network, ipv6 }: { readonly network?: string | undefined; readonly ipv6?: boolean } = {},
): string[] {
  const container = containerOf(state, name);
  if (!container) return [];
  if (container.sharesNetworkOf !== undefined && container.sharesNetworkOf !== name) {
    return addressesOf(state, container.sharesNetworkOf, { network, ...(ipv6 !== undefined && { ipv6 }) });
  }
  return container.endpoints
    .filter((endpoint) => network === undefined || endpoint.network === network)
    .flatMap(({ ipv4, ipv6: six }) => (ipv6 === undefined ? [ipv4, six] : ipv6 ? [six] : [ipv4]))
    .filter((address) => address !== undefined);
}

/**
 * Compiles a pattern of a level.
 * @throws {UsageError} it is none
 */
export function pattern(source: string, flags = ""): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    throw new UsageError(`"${source}" is not a pattern`);
  }
}
