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

/** Options of {@link run}. */
export interface RunOptions extends CallOptions {
  /** The name of the container. Default: the engine makes one up. */
  name?: string;
  /** Whether to return when the process has started, without waiting for its end. Default: false. */
  detach?: boolean;
  /** Whether to remove the container when its process has ended and its output was read. Default: false. */
  remove?: boolean;
  /** When to pull the image: `missing` pulls it when the engine does not have it. Default: `never`. */
  pull?: PullPolicy;
}

/** A container that was started. */
export interface DetachedRun {
  /** The id of the container. */
  id: string;
}

/** A container whose process has ended. */
export interface FinishedRun extends DetachedRun, CollectedOutput {
  exitCode: number;
}

/**
 * Creates and starts a container, waits for the end of its process, and resolves to its exit code and output.
 * With `detach` it resolves when the process has started. After an error, the container is removed.
 *
 * @example const { stdout } = await run(engine, { Image: "busybox", Cmd: ["hostname"] }, { remove: true });
 * @throws {EngineError} Creating, starting or waiting failed.
 * @throws {UsageError} `HostConfig.AutoRemove` is set without `detach`: the engine would remove the output,
 *   too.
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
