import type { NetworkInspect } from "@dryharbor/sdk";
import { createSimulator, releaseNames, type Snapshot } from "@dryharbor/simulator";
import { course } from "../../src/course/course.js";
import { teach } from "../../src/course/teach.js";

/** What has come of it where this code runs: in a page, or in a worker. */
export interface Outcome {
  /** Checks of the course, over all releases. */
  readonly held: number;
  readonly failed: readonly string[];
  /** What a shell in a container says. */
  readonly shell: string;
  /** Subnet of a network, by `simulator.fetch`, from a simulator that a snapshot was made into. */
  readonly subnet: string | undefined;
}

/** Runs the course on every release, and what else does not go through the port's simple calls. */
export async function outcome(): Promise<Outcome> {
  let held = 0;
  const failed: string[] = [];
  for (const release of releaseNames) {
    await using simulator = createSimulator({ release });
    const lessons = teach(course, { engine: simulator.engine, image: "busybox" });
    for await (const { step, checks } of lessons) {
      for (const check of checks) {
        if (check.held) held++;
        else failed.push(`${release}: ${step.command}: ${check.claim}`);
      }
    }
  }

  await using simulator = createSimulator();
  const { containers, networks } = simulator.engine;
  await networks.create({ Name: "kept" });
  const script = "seq 3 | sort -r | tr '\\n' ' '; sleep 0.01; hostname";
  await containers.create(
    { Image: "busybox", Cmd: ["sh", "-c", script], Hostname: "box" },
    { name: "script" },
  );
  await containers.start("script");
  await containers.wait("script");
  let shell = "";
  const decoder = new TextDecoder();
  for await (const { data } of await containers.logs("script", { stdout: true, stderr: true }))
    shell += decoder.decode(data);

  const snapshot = JSON.parse(JSON.stringify(simulator.snapshot())) as Snapshot;
  await using restored = createSimulator({ snapshot });
  const response = await restored.fetch(new Request("http://docker/v1.44/networks/kept"));
  const { IPAM } = (await response.json()) as NetworkInspect;
  return { held, failed, shell, subnet: IPAM.Config?.[0]?.Subnet };
}
