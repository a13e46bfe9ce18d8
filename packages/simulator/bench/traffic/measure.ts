import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Engine } from "@dryharbor/sdk";
import { openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import type { LabEngine } from "../lab.js";
import { entryOf, type Subject } from "../subject.js";
import type { InProcess } from "./in-process.js";
import type { OverSockets } from "./over-sockets.js";
import { resolvers } from "./resolvers.js";

/** What traffic costs, beside what Node does bare and a real engine. */
export interface TrafficFigures extends InProcess, OverSockets {
  /** Milliseconds from the start of a container to the first line that it prints. */
  readonly firstLine: { readonly simulated: number; readonly real?: number };
  /** Answers a second of a container's DNS server. Left out without a real engine. */
  readonly resolvers?: { readonly simulated: number; readonly real: number };
}

/** @param lab a real engine to measure, too */
export async function measureTraffic(subject: Subject, lab: LabEngine | undefined): Promise<TrafficFigures> {
  const program = fileURLToPath(new URL("program.ts", import.meta.url));
  const flags = ["--max-old-space-size=8192", "--import", import.meta.resolve("tsx")];
  const node = pathToFileURL(join(subject.directory, "dist", "node.js")).href;
  const printed = execFileSync(process.execPath, [...flags, program, entryOf(subject), node], {
    encoding: "utf8",
  });
  await using simulator = createSimulator();
  const simulated = await firstLine(simulator.engine, 200);
  const figures = { ...(JSON.parse(printed) as InProcess & OverSockets), firstLine: { simulated } };
  if (!lab) return figures;
  await using engine = await openEngine(`unix://${lab.socketPath}`);
  const firstLines = { simulated, real: await firstLine(engine, 10) };
  return { ...figures, firstLine: firstLines, resolvers: await resolvers(lab) };
}

/** The lowest time of some runs. */
async function firstLine({ containers }: Engine, runs: number): Promise<number> {
  let lowest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const { Id } = await containers.create({ Image: "busybox", Cmd: ["echo", "hello"] });
    const began = performance.now();
    await containers.start(Id);
    for await (const _ of await containers.logs(Id, { follow: true, stdout: true })) break;
    lowest = Math.min(lowest, performance.now() - began);
    await containers.remove(Id, { force: true });
  }
  return lowest;
}
