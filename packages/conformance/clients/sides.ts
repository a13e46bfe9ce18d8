// The two engines of a comparison of clients: opens each, and brings both to the same state before a client
// runs.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import type { Fault, ReleaseName } from "@dryharbor/simulator";
import Docker from "dockerode";
import { advanceTo, empty, nextSubnet } from "../src/run/empty.js";

/** An engine at an address, real or simulated, on which clients run. */
export interface Side {
  readonly url: string;
  /** A command that runs another one where the engine's published ports are at 127.0.0.1. */
  readonly within: readonly string[];
  /** The engine's data directory, as it appears in answers. */
  readonly dataRoot: string;
  /** A folder of this machine that the engine has under the same path, so that containers can bind it. */
  readonly shared: string;
  /** True if nobody has used the engine yet. */
  readonly fresh: boolean;
  close(): Promise<void>;
}

/** A side that is a real engine of tools/engine-lab. */
export function labSide(url: string, release: ReleaseName): Side {
  const directory = dirname(url.slice("unix://".length));
  const lab = fileURLToPath(new URL("../../../tools/engine-lab/engine-lab.sh", import.meta.url));
  return {
    url,
    within: [lab, "netns", release, directory],
    dataRoot: `${directory}/data`,
    shared: join(directory, "shared"),
    fresh: false,
    close: async () => {},
  };
}

/** A side that is any engine which nobody has used yet. */
export function freshSide(url: string): Side {
  const shared = join(dirname(url.slice("unix://".length)), "shared");
  return { url, within: [], dataRoot: "/var/lib/docker", shared, fresh: true, close: async () => {} };
}

/**
 * A side that is a simulator in a process and a network namespace of its own, where it opens published ports. Closing the
 * side ends the process.
 */
export async function simulatedSide(release: ReleaseName, faults: readonly Fault[] = []): Promise<Side> {
  const directory = await mkdtemp(join(tmpdir(), "dryharbor-sim-"));
  const url = `unix://${join(directory, "docker.sock")}`;
  const shared = join(directory, "shared");
  await mkdir(shared);
  const program = fileURLToPath(new URL("simulated.ts", import.meta.url));
  const node = [process.execPath, "--conditions=@dryharbor/source", "--import", "tsx"];
  const server = spawn(
    "unshare",
    [
      "--net",
      "sh",
      "-c",
      'ip link set lo up && exec "$@"',
      "sh",
      ...node,
      program,
      release,
      url,
      shared,
      JSON.stringify(faults),
    ],
    { stdio: ["ignore", "pipe", "inherit"], cwd: dirname(program) },
  );
  const ended = once(server, "exit");
  await Promise.race([
    once(server.stdout, "data"),
    ended.then(() => Promise.reject(new Error(`the simulated ${release} ended before it was ready`))),
  ]);
  return {
    url,
    within: ["nsenter", "--net", "-t", String(server.pid)],
    dataRoot: "/var/lib/docker",
    shared,
    fresh: true,
    async close() {
      server.kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Empties an engine and brings its default address pools to a known place: `subnet`, or the next one that it
 * chooses, is the last subnet that it gave to a network.
 * @returns that subnet
 */
export async function prepare({ url, fresh }: Side, subnet?: string): Promise<string> {
  if (!fresh) await removeVolumesAndImages(url);
  const engine: Engine = dockerEngine({ host: url });
  try {
    if (!fresh) await empty(engine);
    if (subnet === undefined) return await nextSubnet(engine);
    await advanceTo(engine, subnet);
    return subnet;
  } finally {
    await engine.close();
  }
}

/** Removes volumes and images, which the commands of the property test do not make. */
async function removeVolumesAndImages(url: string): Promise<void> {
  const docker = new Docker({ socketPath: url.slice("unix://".length) });
  for (const { Id } of await docker.listContainers({ all: true })) {
    await docker.getContainer(Id).remove({ force: true });
  }
  const { Volumes } = await docker.listVolumes();
  for (const { Name } of Volumes ?? []) await docker.getVolume(Name).remove({ force: true });
  for (const { Id, RepoTags } of await docker.listImages()) {
    for (const tag of RepoTags ?? [Id]) {
      if (tag !== "busybox:latest") await docker.getImage(tag === "<none>:<none>" ? Id : tag).remove();
    }
  }
}
