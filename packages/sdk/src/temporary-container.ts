// Containers that this library makes for a purpose of its own and takes away again.
import type { CallOptions } from "./call.js";
import type { ContainerCreateRequest } from "./containers.js";
import type { Engine } from "./engine.js";
import { abortError, ConflictError, NotFoundError } from "./errors.js";

type Makers = Pick<Engine, "containers" | "images">;

/** What happens where the engine does not have the image. */
export type PullPolicy = "missing" | "never";

/**
 * Creates a container and gives its id. The signal ends the pull; the creation itself is seen to its
 * end, or a container could be left that nobody knows of.
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

/** Removes a container in whatever state, and resolves when it is gone. */
export async function removeContainer({ containers }: Makers, id: string): Promise<void> {
  try {
    await containers.remove(id, { force: true, v: true }).catch(async (error) => {
      // Its process has ended, and the engine is removing it of its own accord.
      if (!(error instanceof ConflictError)) throw error;
      await containers.wait(id, { condition: "removed" });
    });
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/** Does what `work` does, and removes the container where that fails. */
export async function removedOnFailure<Result>(
  engine: Makers,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    // What went wrong first is what the caller has to know.
    await removeContainer(engine, id).catch(() => {});
    throw error;
  }
}
