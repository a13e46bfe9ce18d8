// Compares the simulator's own driver with the docker driver that talks to a simulator over HTTP. `parity
// --wire` and `wire.test.ts` call it; it needs no real engine.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DockerEngineOptions, type Dockerode, dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine, TrafficProbe } from "@dryharbor/sdk/port";
import type { ReleaseName, Simulator } from "@dryharbor/simulator";
import { agent, serve } from "@dryharbor/simulator/node";
import Docker from "dockerode";
import {
  type Counterexample,
  disposable,
  nothingExcluded,
  type ParityResult,
  parity,
  showCounterexample,
  summary,
} from "../src/index.js";
import { labMachine, labSimulator } from "./simulator.js";

/** How HTTP gets from the docker driver to the simulator: by an agent in process, or by a unix socket. */
type Carrier = "agent" | "unix";

const carriers: readonly Carrier[] = ["agent", "unix"];

export interface WireOptions {
  readonly releases: readonly ReleaseName[];
  /** The number of commands on each release, by carrier. */
  readonly commands: Readonly<Record<Carrier, number>>;
  readonly seed: number;
  readonly shrinkSeconds: number;
  readonly enough: number;
}

/**
 * Compares the simulator's driver with the docker driver over HTTP, on a simulator of the same release.
 * Nothing is excluded: a difference was lost or made up on the way. Output goes to `print`, with one line for
 * each release and carrier at the end.
 * @returns the number of disagreements
 */
export async function runWire(options: WireOptions, print: (line: string) => void): Promise<number> {
  const lines: string[] = [];
  let disagreements = 0;
  for (const release of options.releases) {
    for (const carrier of carriers) {
      const result = await compareOverWire(release, carrier, options, print);
      lines.push(summary(`${release} over ${carrier}`, result));
      // Both sides are deterministic, so a difference that does not come again is a fault, too.
      disagreements += result.counterexamples.length + result.chance.length;
    }
  }
  for (const line of lines) print(line);
  return disagreements;
}

function compareOverWire(
  release: ReleaseName,
  carrier: Carrier,
  { commands, seed, shrinkSeconds, enough }: WireOptions,
  print: (line: string) => void,
): Promise<ParityResult> {
  const show = (what: string) => (counterexample: Counterexample) =>
    print(`\n${release} over ${carrier}: ${what}\n${showCounterexample(counterexample)}\n`);
  return parity({
    reference: disposable(() => labSimulator(release, 1)),
    // Another seed, so that ids differ and are compared as symbols.
    subject: disposable(() => openOverWire(labMachine(release, 2), carrier)),
    rules: nothingExcluded,
    commands: commands[carrier],
    seed,
    shrinkMilliseconds: shrinkSeconds * 1000,
    enough,
    onCounterexample: show("a disagreement"),
    onChance: show("differed once and agreed when repeated"),
  });
}

/** Opens the docker driver on a simulator. Closing the driver closes the simulator. */
async function openOverWire(simulator: Simulator, carrier: Carrier): Promise<Engine> {
  const { engine, release } = carrier === "agent" ? overAgent(simulator) : await overSocket(simulator);
  const close = async () => {
    await engine.close();
    await release();
    await simulator.close();
  };
  return { ...engine, close, [Symbol.asyncDispose]: close };
}

interface Carried {
  readonly engine: Engine;
  release(): Promise<void>;
}

function overAgent(simulator: Simulator): Carried {
  const connections = agent(simulator, { keepAlive: true });
  const options = { protocol: "http", host: "simulator", agent: connections } as const;
  const docker: Dockerode = new Docker(options);
  return { engine: driver(simulator, { docker }), release: async () => connections.destroy() };
}

async function overSocket(simulator: Simulator): Promise<Carried> {
  const directory = await mkdtemp(join(tmpdir(), "wire-"));
  const served = await serve(simulator, { host: `unix://${join(directory, "docker.sock")}` });
  return {
    engine: driver(simulator, { host: served.host }),
    async release() {
      await served.close();
      await rm(directory, { recursive: true });
    },
  };
}

/**
 * The docker driver, which asks names and tries traffic with containers of its own. Silence shows only by time running out, so
 * questions that the engine does not answer are not asked.
 */
function driver(simulator: Simulator, way: DockerEngineOptions): Engine {
  const driven = dockerEngine(way);
  const resolveAll: Engine["dns"]["resolveAll"] = async (container, queries) => {
    const known = await simulator.engine.dns.resolveAll(container, queries);
    const spoken = queries.filter((_, index) => known[index]!.status !== "no-reply");
    if (spoken.length === 0) return known;
    const answers = await driven.dns.resolveAll(container, spoken);
    return known.map((answer) => (answer.status === "no-reply" ? answer : answers.shift()!));
  };
  const probe: Engine["traffic"]["probe"] = async (container, probes) => {
    // Asked in words, since each connection takes a place in the backlog of whoever listens.
    const silent = await Promise.all(probes.map((each) => isSilent(simulator, container, each)));
    const spoken = probes.filter((_, index) => !silent[index]);
    const answers = spoken.length === 0 ? [] : await driven.traffic.probe(container, spoken);
    return silent.map((unanswered) => (unanswered ? "silent" : answers.shift()!));
  };
  return {
    ...driven,
    dns: { ...driven.dns, resolveAll },
    traffic: { ...driven.traffic, probe },
  };
}

/** Returns whether nothing comes back from an address. */
async function isSilent(simulator: Simulator, container: string, probe: TrafficProbe): Promise<boolean> {
  const { address, port } = probe;
  const { reached, reason } = await simulator.reach(container, address, port === undefined ? {} : { port });
  return !reached && !["not-listening", "no-route", "outside-unreachable", "not-running"].includes(reason);
}
