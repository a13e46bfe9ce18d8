import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DockerEngineOptions, type Dockerode, dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
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

/** What carries HTTP from the docker driver to the simulator. */
type Carrier = "agent" | "unix";

const carriers: readonly Carrier[] = ["agent", "unix"];

export interface WireOptions {
  readonly releases: readonly ReleaseName[];
  /** How many on each release over each carrier. */
  readonly commands: Readonly<Record<Carrier, number>>;
  readonly seed: number;
  readonly shrinkSeconds: number;
  readonly enough: number;
}

/**
 * The simulator's own driver against the docker driver that talks to a simulator of the same release over
 * HTTP. Nothing is left out of this comparison: whatever differs was lost or made up on the way. What it
 * says goes to `print`, at the end one line for each release and carrier.
 * @returns the number of disagreements
 */
export async function runWire(options: WireOptions, print: (line: string) => void): Promise<number> {
  const lines: string[] = [];
  let disagreements = 0;
  for (const release of options.releases) {
    for (const carrier of carriers) {
      const result = await compareOverWire(release, carrier, options, print);
      lines.push(summary(`${release} over ${carrier}`, result));
      // Both sides do the same each time, so what differs once is a fault, too.
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
    // Of another seed, so that no id is the same by itself.
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

/** The docker driver on a simulator, which ends with it. */
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
 * The docker driver, which asks names by containers of its own. A server's silence is told by time alone, so it is
 * not asked what it is silent about.
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
  return { ...driven, dns: { ...driven.dns, resolveAll } };
}
