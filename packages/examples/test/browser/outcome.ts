import type { NetworkInspect } from "@dryharbor/sdk";
import { createSimulator, releaseNames, type Snapshot } from "@dryharbor/simulator";
import { course } from "../../src/course/course.js";
import { simulatedHost } from "../../src/course/host.js";
import { failures, teach } from "../../src/course/teach.js";

/** What happened in the place where this code ran: a page or a worker. */
export interface Outcome {
  /** The number of checks of the course that passed, over all releases. */
  readonly held: number;
  readonly failed: readonly string[];
  /** What a shell in a container printed. */
  readonly shell: string;
  /** The subnet of a network, by `simulator.fetch`, from a simulator that was restored from a snapshot. */
  readonly subnet: string | undefined;
}

/** Runs the course on every release, and other features that need more than the port. */
export async function outcome(): Promise<Outcome> {
  let held = 0;
  const failed: string[] = [];
  for (const release of releaseNames) {
    await using host = simulatedHost(release);
    for await (const step of teach(course, host)) {
      held += step.checks.filter(({ held }) => held).length;
      failed.push(...failures(step).map((failure) => `${release}: ${failure}`));
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
