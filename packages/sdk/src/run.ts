import type { CallOptions } from "./call.js";
import type { ContainerCreateRequest } from "./containers.js";
import type { Engine } from "./engine.js";
import { ServerError, UsageError } from "./errors.js";
import { type CollectedOutput, collectOutput } from "./output.js";
import {
  createContainer,
  type PullPolicy,
  removeContainer,
  removedOnFailure,
} from "./temporary-container.js";

/** What {@link run} takes. */
export interface RunOptions extends CallOptions {
  name?: string;
  /** Do not wait for the process to end. Default: false. */
  detach?: boolean;
  /** Remove the container when its process has ended; its output is read first. Default: false. */
  remove?: boolean;
  /** What happens where the engine does not have the image. Default: `never` pull it. */
  pull?: PullPolicy;
}

/** A container that was started. */
export interface DetachedRun {
  id: string;
}

/** A container whose process has ended. */
export interface FinishedRun extends DetachedRun, CollectedOutput {
  exitCode: number;
}

/**
 * Creates a container and starts it, and, unless `detach`, waits for the end of its process and gives
 * its exit code and output. Where something goes wrong on the way, the container is removed again.
 *
 * @example const { stdout } = await run(engine, { Image: "busybox", Cmd: ["hostname"] }, { remove: true });
 * @throws {EngineError} whatever creating, starting or waiting says.
 * @throws {UsageError} `HostConfig.AutoRemove` without `detach`: the engine would take the output along.
 */
export async function run(
  engine: Engine,
  request: ContainerCreateRequest,
  options: RunOptions & { detach: true },
): Promise<DetachedRun>;
export async function run(
  engine: Engine,
  request: ContainerCreateRequest,
  options?: RunOptions & { detach?: false },
): Promise<FinishedRun>;
export async function run(
  engine: Engine,
  request: ContainerCreateRequest,
  { name, detach = false, remove = false, pull = "never", abortSignal }: RunOptions = {},
): Promise<DetachedRun | FinishedRun> {
  if (request.HostConfig?.AutoRemove && !detach) {
    throw new UsageError(
      "HostConfig.AutoRemove makes the engine remove the container before run reads its output: use the option remove of run instead",
    );
  }
  const created =
    detach && remove ? { ...request, HostConfig: { ...request.HostConfig, AutoRemove: true } } : request;
  const call = abortSignal ? { abortSignal } : {};
  const id = await createContainer(engine, created, { ...call, name, pull });
  return removedOnFailure(engine, id, async () => {
    await engine.containers.start(id, call);
    if (detach) return { id };
    const { StatusCode, Error: failure } = await engine.containers.wait(id, call);
    if (failure?.Message) throw new ServerError(failure.Message);
    const output = await collectOutput(await engine.containers.logs(id, call));
    if (remove) await removeContainer(engine, id);
    return { id, exitCode: StatusCode, ...output };
  });
}
