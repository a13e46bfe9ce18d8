// Creating and removing the containers that this library starts itself, for `run` and for DNS queries.
import type { CallOptions } from "./call.js";
import type { ContainerCreateRequest } from "./containers.js";
import type { Engine } from "./engine.js";
import { abortError, ConflictError, NotFoundError } from "./errors.js";

type Makers = Pick<Engine, "containers" | "images">;

/** The label of the containers that this library asks names and tries connections from. */
export const probeLabel = "dryharbor.probe";

/** When to pull an image: `missing` pulls it when the engine does not have it, `never` does not pull. */
export type PullPolicy = "missing" | "never";

/**
 * Creates a container and resolves to its id. The signal can end the pull. It cannot end the creation,
 * because a container with an unknown id could be left behind.
 */
export async function createContainer(
  engine: Makers,
  request: ContainerCreateRequest,
  { name, pull, abortSignal }: CallOptions & { name?: string | undefined; pull: PullPolicy },
): Promise<string> {
  if (abortSignal?.aborted) throw abortError(abortSignal);
  const create = async () => {
    const { Id } = await engine.containers.create(request, name === undefined ? {} : { name });
    return Id;
  };
  try {
    return await create();
  } catch (error) {
    if (pull === "never" || !(error instanceof NotFoundError)) throw error;
    const call = abortSignal ? { abortSignal } : {};
    if (await hasImage(engine, request.Image, call)) throw error;
    await engine.images.pull(request.Image, call);
    return await create();
  }
}

async function hasImage({ images }: Makers, image: string, call: CallOptions): Promise<boolean> {
  try {
    await images.inspect(image, call);
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Removes a container in any state. Resolves when it is gone. */
export async function removeContainer({ containers }: Makers, id: string): Promise<void> {
  try {
    await containers.remove(id, { force: true, v: true }).catch(async (error) => {
      // The process has ended, and the engine is already removing the container.
      if (!(error instanceof ConflictError)) throw error;
      await containers.wait(id, { condition: "removed" });
    });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/** Calls `work`, and removes the container when it fails. */
export async function removedOnFailure<Result>(
  engine: Makers,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // The caller must see the first error, so a failure of the removal is ignored.
    await removeContainer(engine, id).catch(() => {});
    throw error;
  }
}
