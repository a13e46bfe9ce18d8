// `dryharbor serve --control`: the control API at an address of its own, and what it does with servers.

import { UsageError } from "@dryharbor/sdk/port";
import manifest from "../../../package.json" with { type: "json" };
import { controlApi } from "../../control/api.js";
import { Control, type ForkPlace, type ServedFork, type World } from "../../control/control.js";
import { Problem } from "../../control/problem.js";
import { release } from "../../core/releases/release.js";
import { releaseNames } from "../../core/releases/row.js";
import type { Simulator } from "../../simulator.js";
import { defaultLimits } from "../http1/limits.js";
import { type Address, addressOf, hostOf, isLocal } from "../listen/address.js";
import { httpServer } from "../listen/http-server.js";
import { ListenError } from "../listen/listen-error.js";
import { checkReach } from "../listen/reach.js";
import { type ServeOptions, serve } from "../serve.js";

/** A control API that listens. */
export interface ServedControl {
  /** Where it listens: `unix:///path` or `tcp://127.0.0.1:port`. */
  readonly address: string;
  /** Stops listening, and ends the forks that it serves. */
  close(): Promise<void>;
}

/** What serves a simulator, and can serve another one. */
interface Server {
  replace(simulator: Simulator): Promise<void>;
}

/** Options of {@link serveControl}. */
export interface ControlOptions {
  readonly address: string;
  /** Where the simulator is served. */
  readonly hosts: readonly string[];
  readonly servers: readonly Server[];
  /** Takes over a simulator that is to be served, before it is. Returns what is served: it, or one around it. */
  readonly adopt: (simulator: Simulator) => Promise<Simulator>;
  /** What the servers of forks, and this one, have in common with those of the simulator. */
  readonly common: Pick<ServeOptions, "tls" | "allowRemote" | "onAnswer">;
}

/**
 * Serves the control API of a simulator.
 *
 * @throws {UsageError} the address is malformed, or other machines can reach it and that is not allowed
 * @throws {ListenError} the address cannot be listened on
 */
export async function serveControl(world: World, options: ControlOptions): Promise<ServedControl> {
  const { hosts, servers, adopt, common } = options;
  const wanted = addressOf(options.address);
  checkReach(wanted, common);
  let current = world.simulator;
  const replaceAll = async (next: Simulator): Promise<void> => {
    const adopted = await adopt(next);
    for (const server of servers) await server.replace(adopted);
  };
  let forks = 0;
  const control = await Control.of(world, {
    version: manifest.version,
    hosts,
    async replace({ simulator }) {
      try {
        await replaceAll(simulator);
      } catch (error) {
        await replaceAll(current);
        throw asProblem(error);
      }
      current = simulator;
    },
    async serveFork(fork, { host = freeHost(hosts[0], ++forks), control: address }) {
      try {
        return await serveFork(fork, { host, ...(address !== undefined && { control: address }) }, common);
      } catch (error) {
        throw asProblem(error);
      }
    },
  });
  const limits = { ...defaultLimits, connections: 1_024 };
  const connection = {
    handle: controlApi(control, { isOwnHost: (host) => isOwnHost(wanted, host) }),
    rules: release(releaseNames.at(-1)!).http,
    limits,
    ...(common.onAnswer && { answered: common.onAnswer }),
  };
  const server = await httpServer(wanted, {
    limits,
    ...(common.tls && { tls: common.tls }),
    connection: () => connection,
  });
  return {
    address: hostOf(server.address),
    async close() {
      await server.close();
      await control.close();
    },
  };
}

async function serveFork(
  world: World,
  { host, control: address }: ForkPlace & { readonly host: string },
  common: ControlOptions["common"],
): Promise<ServedFork> {
  let { simulator } = world;
  const served = await serve(simulator, { host, ...common });
  let control: ServedControl | undefined;
  try {
    if (address !== undefined) {
      const adopt = async (next: Simulator): Promise<Simulator> => {
        simulator = next;
        return next;
      };
      control = await serveControl(world, {
        address,
        hosts: [served.host],
        servers: [served],
        adopt,
        common,
      });
    }
  } catch (error) {
    await served.close();
    throw error;
  }
  return {
    host: served.host,
    control: control?.address,
    async close() {
      await control?.close();
      await served.close();
      await simulator.close();
    },
  };
}

/** Returns a host like another one, for a fork: a socket beside it, or a free port. */
function freeHost(like: string | undefined, number: number): string {
  const address = addressOf(like ?? "tcp://127.0.0.1:0");
  return address.kind === "unix"
    ? `unix://${address.path.replace(/(\.[^./]*)?$/, `-fork-${number}$1`)}`
    : hostOf({ ...address, port: 0 });
}

/** Whether a request may name a host: who comes over a socket or shows a certificate is no page of a browser. */
function isOwnHost(address: Address, named: string): boolean {
  if (address.kind === "unix" || !isLocal(address)) return true;
  const host = named.replace(/:[0-9]*$/, "").replace(/^\[|\]$/g, "");
  return isLocal({ kind: "tcp", host, port: 0 });
}

function asProblem(error: unknown): unknown {
  if (error instanceof ListenError) return new Problem("conflict", error.message, {}, { cause: error });
  if (error instanceof UsageError) return new Problem("invalid", error.message, {}, { cause: error });
  return error;
}
