// All containers of an engine, as inspects: what topologies and inventories are made of.
import type { CallOptions } from "../call.js";
import type { ContainerInspect, ContainerSummary } from "../containers.js";
import type { Engine } from "../engine.js";
import { NotFoundError } from "../errors.js";
import { probeLabel } from "../temporary-container.js";
import { inTurns } from "./in-turns.js";

/** How many containers are inspected at a time. */
const parallel = 16;

/**
 * Inspects the containers of a list. One that has gone meanwhile is left out, and so are the containers that this library asks
 * from.
 */
export async function inspectContainers(
  { containers }: Pick<Engine, "containers">,
  listed: readonly ContainerSummary[],
  options: CallOptions,
): Promise<ContainerInspect[]> {
  const others = listed.filter(({ Labels }) => Labels?.[probeLabel] === undefined);
  const inspected = await inTurns(parallel, others, ({ Id }) =>
    containers.inspect(Id, options).catch((error: unknown) => {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }),
  );
  return inspected.filter((container) => container !== undefined);
}

/** A container's name without the slash that the Engine API shows before it. */
export function plainName(name: string): string {
  return name.replace(/^\//, "");
}
