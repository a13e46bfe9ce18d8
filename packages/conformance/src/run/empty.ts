// Brings an engine to a known state before a sequence: nothing of the user's in it, and both engines at the
// same place in their default address pools. Contestants, runs and the comparison of clients use it.

import { type Engine, NotFoundError, UsageError } from "@dryharbor/sdk/port";
import { image, scratchTags } from "../generate/pools.js";

/** Podman calls its default bridge after itself. */
const predefined = new Set(["bridge", "host", "none", "podman"]);

/**
 * Refuses an engine that holds containers or networks, because the commands prune and remove whatever they
 * find, and one without the image that they run.
 * @throws {UsageError} names up to five of the things that were found, or the image
 */
export async function refuseUnlessFit(engine: Engine): Promise<void> {
  await refuseWithoutImage(engine);
  const containers = await engine.containers.list({ all: true });
  const networks = (await engine.networks.list()).filter(({ Name }) => !predefined.has(Name));
  if (containers.length === 0 && networks.length === 0) return;
  const names = [...containers.map(({ Names }) => Names[0]), ...networks.map(({ Name }) => Name)];
  throw new UsageError(
    `the engine is not empty: it has ${names.slice(0, 5).join(", ")}, and a run would remove them. Give an engine that has no containers and no networks, for example one of tools/engine-lab`,
  );
}

async function refuseWithoutImage(engine: Engine): Promise<void> {
  try {
    await engine.images.inspect(image);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new UsageError(
      `the engine has no image ${image}, which the commands run. Give it one, e.g. by \`docker pull ${image}\``,
    );
  }
}

/** Removes all containers, networks and images that commands may have made. */
export async function empty(engine: Engine): Promise<void> {
  // A container that is paused, or that removes itself, may need a second attempt.
  for (let attempt = 0; attempt < 3; attempt++) {
    const containers = await engine.containers.list({ all: true });
    if (containers.length === 0) break;
    await Promise.all(
      containers.map(async ({ Id, State }) => {
        // Podman gives a running one ten seconds to end, also where the removal is forced.
        if (State === "running") await engine.containers.kill(Id).catch(() => {});
        await engine.containers.remove(Id, { force: true, v: true }).catch(() => {});
      }),
    );
  }
  const networks = (await engine.networks.list()).filter(
    ({ Name, Id, Scope }) => Scope && Id && !predefined.has(Name),
  );
  // A configuration network can be removed only after the networks that depend on it.
  const order = networks.sort((one, other) => Number(one.ConfigOnly) - Number(other.ConfigOnly));
  for (const { Id } of order) await engine.networks.remove(Id);
  await engine.volumes.prune({ filters: { all: ["true"] } }).catch(() => engine.volumes.prune());
  for (const tag of scratchTags) {
    await engine.images.remove(tag, { noprune: true }).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
  // Images that were committed or imported without a name, or that lost their name.
  await engine.images.prune();
}

const probe = "dryharbor.conformance.probe";

/**
 * Returns the subnet that the engine gives to the next network that names none. Up to 26.1 the engine keeps a
 * cursor in its pools that outlives the networks, so two empty engines may be at different subnets.
 */
export async function nextSubnet(engine: Engine): Promise<string> {
  const { Id } = await engine.networks.create({ Name: probe });
  const { IPAM } = await engine.networks.inspect(Id);
  await engine.networks.remove(Id);
  return IPAM.Config?.[0]?.Subnet ?? "";
}

const candidates = 31;

/**
 * Creates and removes networks until the engine has just given out `subnet`.
 * @throws {UsageError} the engine went round its pools and never gave out that subnet
 */
export async function advanceTo(engine: Engine, subnet: string): Promise<void> {
  for (let turn = 0; turn <= candidates; turn++) {
    if ((await nextSubnet(engine)) === subnet) return;
  }
  throw new UsageError(
    `the engine never chose the subnet ${subnet} for a network. Run it with Docker's default address pools`,
  );
}
