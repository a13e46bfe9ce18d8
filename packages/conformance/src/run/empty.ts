import { type Engine, NotFoundError, UsageError } from "@dryharbor/sdk/port";
import { scratchTags } from "../generate/pools.js";

const predefined = new Set(["bridge", "host", "none"]);

/** Refuses an engine that has something in it: commands prune and remove whatever they find. */
export async function refuseUnlessEmpty(engine: Engine): Promise<void> {
  const containers = await engine.containers.list({ all: true });
  const networks = (await engine.networks.list()).filter(({ Name }) => !predefined.has(Name));
  if (containers.length === 0 && networks.length === 0) return;
  const names = [...containers.map(({ Names }) => Names[0]), ...networks.map(({ Name }) => Name)];
  throw new UsageError(
    `this engine is not empty (${names.slice(0, 5).join(", ")}): its containers and networks would be removed. Give one that has none, e.g. of tools/engine-lab`,
  );
}

/** Removes all that commands may have made. */
export async function empty(engine: Engine): Promise<void> {
  // A container that is paused or removes itself may need a second go.
  for (let attempt = 0; attempt < 3; attempt++) {
    const containers = await engine.containers.list({ all: true });
    if (containers.length === 0) break;
    await Promise.all(
      containers.map(({ Id }) => engine.containers.remove(Id, { force: true, v: true }).catch(() => {})),
    );
  }
  const networks = (await engine.networks.list()).filter(
    ({ Name, Id, Scope }) => Scope && Id && !predefined.has(Name),
  );
  // Those that depend on a configuration network go before it.
  const order = networks.sort((one, other) => Number(one.ConfigOnly) - Number(other.ConfigOnly));
  for (const { Id } of order) await engine.networks.remove(Id);
  await engine.volumes.prune({ filters: { all: ["true"] } }).catch(() => engine.volumes.prune());
  for (const tag of scratchTags) {
    await engine.images.remove(tag, { noprune: true }).catch((error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
  // What was committed or imported without a name, or lost it.
  await engine.images.prune();
}

const probe = "dryharbor.conformance.probe";

/**
 * The subnet that the engine gives to the next network that names none. Up to 26.1 that is a cursor which
 * outlives the networks, so two engines that are both empty need not agree on it.
 */
export async function nextSubnet(engine: Engine): Promise<string> {
  const { Id } = await engine.networks.create({ Name: probe });
  const { IPAM } = await engine.networks.inspect(Id);
  await engine.networks.remove(Id);
  return IPAM.Config?.[0]?.Subnet ?? "";
}

const candidates = 31;

/** Moves the engine's cursor until it has just given out `subnet`. */
export async function advanceTo(engine: Engine, subnet: string): Promise<void> {
  for (let turn = 0; turn <= candidates; turn++) {
    if ((await nextSubnet(engine)) === subnet) return;
  }
  throw new UsageError(
    `the engine never chose ${subnet} for a network: are its address pools not the default ones?`,
  );
}
