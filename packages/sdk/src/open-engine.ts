import type { CallOptions } from "./call.js";
import type { DockerDnsOptions } from "./docker/engine.js";
import type { Engine } from "./engine.js";
import { UsageError } from "./errors.js";

/** What {@link openEngine} takes. `abortSignal` ends the search; how names are asked for is for real engines only. */
export interface OpenEngineOptions extends CallOptions, DockerDnsOptions {}

/**
 * Opens an engine and makes sure that it answers.
 *
 * Without a target, the one that Docker's own clients would use: `DOCKER_HOST` (with `DOCKER_TLS_VERIFY`
 * and `DOCKER_CERT_PATH`), else the Docker context (`DOCKER_CONTEXT`, or the current one), else the
 * default socket.
 *
 * @param target `unix:///path/docker.sock`, `tcp://host:port`, `https://host`, `ssh://user@host`, or
 *   `simulator` or `simulator:28.5`, which needs the package `@dryharbor/simulator`.
 * @throws {ConnectionError} no engine answers; the message lists what was tried.
 * @throws {UsageError} a target of another kind, a Docker context or a release that does not exist.
 */
export async function openEngine(target?: string, options: OpenEngineOptions = {}): Promise<Engine> {
  const [scheme, release] = target?.split(":", 2) ?? [];
  if (scheme === "simulator") return await openSimulator(release);
  const { openDocker } = await import("./docker/open.js");
  return await openDocker(target, options);
}

/** What is used of the simulator. It is built on this package, so its own types cannot be had here. */
interface SimulatorPackage {
  createSimulator(options: { release?: string }): { engine: Engine; close(): Promise<void> };
}

async function openSimulator(release: string | undefined): Promise<Engine> {
  const { createSimulator } = await simulatorPackage();
  const { engine, close } = createSimulator(release === undefined ? {} : { release });
  // Nobody else can reach this simulator, so it goes with its only client.
  return { ...engine, close, [Symbol.asyncDispose]: close };
}

async function simulatorPackage(): Promise<SimulatorPackage> {
  // In a variable, so that it is looked for when it is asked for: who uses real engines need not have it.
  const name: string = "@dryharbor/simulator";
  try {
    return (await import(name)) as SimulatorPackage;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (!code?.endsWith("MODULE_NOT_FOUND") || !message.includes(name)) throw cause;
    throw new UsageError(`the simulator is a package of its own: npm install --save-dev ${name}`, { cause });
  }
}
