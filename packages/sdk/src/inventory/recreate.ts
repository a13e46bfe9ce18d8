// Carries an inventory out on an engine.
import type { CallOptions } from "../call.js";
import type { Engine } from "../engine.js";
import { AbortError, EngineError } from "../errors.js";
import { createContainer } from "../temporary-container.js";
import type { Inventory, InventoryContainer } from "./inventory.js";

/**
 * Makes what an inventory has on another engine: networks, volumes, then containers, which it starts in the order in
 * which they were started. Images are pulled where they are missing. What the engine refuses is left out, and all else is
 * made.
 *
 * @returns what was left out, a sentence for each, with the engine's own words
 * @example
 * await using staging = await openEngine("unix:///var/run/docker.sock");
 * await using copy = await openEngine("simulator");
 * const refused = await recreate(copy, await inventory(staging));
 * @throws what the calls throw, but for an {@link EngineError}: see {@link Engine}
 */
export async function recreate(
  engine: Engine,
  { networks, volumes, containers }: Inventory,
  options: CallOptions = {},
): Promise<string[]> {
  const refused: string[] = [];
  const attempt = async (what: string, make: () => Promise<unknown>): Promise<boolean> => {
    try {
      await make();
      return true;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused.push(`${what}: ${error.message}`);
      return false;
    }
  };
  for (const network of networks)
    await attempt(`The network ${network.Name} cannot be made`, () =>
      engine.networks.create(network, options),
    );
  for (const volume of volumes)
    await attempt(`The volume ${volume.Name} cannot be made`, () => engine.volumes.create(volume, options));

  const made: InventoryContainer[] = [];
  for (const container of containers) {
    const { name, request, connect } = container;
    const isMade = await attempt(`The container ${name} cannot be made`, () =>
      createContainer(engine, request, { name, pull: "missing", ...options }),
    );
    if (!isMade) continue;
    made.push(container);
    for (const [network, EndpointConfig] of Object.entries(connect))
      await attempt(`The container ${name} cannot be connected to ${network}`, () =>
        engine.networks.connect(network, { Container: name, EndpointConfig }, options),
      );
  }
  for (const { name, state } of made.sort(byStart)) {
    if (state === "created" || state === "removing") continue;
    const isStarted = await attempt(`The container ${name} cannot be started`, () =>
      engine.containers.start(name, options),
    );
    if (isStarted && state === "paused")
      await attempt(`The container ${name} cannot be paused`, () => engine.containers.pause(name, options));
  }
  // Others may need the namespaces of one that has ended, so these end last.
  const ended = made.filter(({ state }) => state === "exited" || state === "dead");
  await Promise.all(
    ended.map(({ name }) =>
      attempt(`The container ${name} cannot be stopped`, () => endOf(engine, name, options)),
    ),
  );
  return refused;
}

/** How long a container may take to end by itself, so that its exit code is its command's: milliseconds. */
const ownEnd = 500;

async function endOf({ containers }: Engine, name: string, { abortSignal }: CallOptions): Promise<void> {
  const patience = AbortSignal.timeout(ownEnd);
  const either = abortSignal ? AbortSignal.any([abortSignal, patience]) : patience;
  await containers.wait(name, { abortSignal: either }).catch((error: unknown) => {
    if (!(error instanceof AbortError) || abortSignal?.aborted) throw error;
  });
  await containers.stop(name, { t: 0, ...(abortSignal && { abortSignal }) });
}

/** Those that started in the same millisecond stay in the order of their creation. */
function byStart(one: InventoryContainer, other: InventoryContainer): number {
  return Date.parse(one.startedAt) - Date.parse(other.startedAt);
}
