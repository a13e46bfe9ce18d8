import type { CallOptions } from "./call.js";
import type { DockerDnsOptions } from "./docker/engine.js";
import type { Engine } from "./engine.js";
import { simulatorPackage } from "./simulator-package.js";

/**
 * Options of {@link openEngine}. `abortSignal` ends the search. The DNS options apply only to real engines.
 */
export interface OpenEngineOptions extends CallOptions, DockerDnsOptions {}

/**
 * Opens an engine and checks that it answers.
 *
 * Without a target, it opens the engine that Docker's own clients would use: `DOCKER_HOST` (with
 * `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`), else the Docker context (`DOCKER_CONTEXT`, or the current
 * one), else the default socket.
 *
 * @param target `unix:///path/docker.sock`, `tcp://host:port`, `https://host`, `ssh://user@host`, or
 *   `simulator` or `simulator:28.5`, which needs the package `@dryharbor/simulator`.
 * @throws {ConnectionError} No engine answers. The message lists the targets that were tried.
 * @throws {UsageError} The target has another form, or names a Docker context or a release that does not
 *   exist.
 */
export async function openEngine(target?: string, options: OpenEngineOptions = {}): Promise<Engine> {
  const [scheme, release] = target?.split(":", 2) ?? [];
  if (scheme === "simulator") return await openSimulator(release);
  const { openDocker } = await import("./docker/open.js");
  return await openDocker(target, options);
}

async function openSimulator(release: string | undefined): Promise<Engine> {
  const { createSimulator } = await simulatorPackage();
  const { engine, close } = createSimulator(release === undefined ? {} : { release });
  // No other client can reach this simulator, so closing the engine closes the simulator.
  return { ...engine, close, [Symbol.asyncDispose]: close };
}
