import type { CallOptions } from "../call.js";
import type { Engine } from "../engine.js";
import { ConnectionError } from "../errors.js";
import { connect } from "./connect.js";
import { reasonOf } from "./connection.js";
import { type DockerDnsOptions, engineOver } from "./engine.js";
import { findEngines, type Place } from "./find.js";

/** Milliseconds after which an engine that does not answer a ping counts as not there. */
const patience = 10_000;

/** Opens the engine at `target`, or where Docker clients look for one, and pings it. */
export async function openDocker(
  target: string | undefined,
  { abortSignal, ...dns }: DockerDnsOptions & CallOptions,
): Promise<Engine> {
  const places: Place[] = target === undefined ? findEngines() : [{ host: target, source: "as given" }];
  const failures: { place: Place; error: unknown }[] = [];
  for (const place of places) {
    const engine = engineOver(connect(place.host, place.tls), dns);
    const soon = AbortSignal.timeout(patience);
    try {
      await engine.system.ping({ abortSignal: abortSignal ? AbortSignal.any([abortSignal, soon]) : soon });
      return engine;
    } catch (error) {
      await engine.close();
      if (abortSignal?.aborted) throw error;
      failures.push({ place, error });
    }
  }
  const tried = failures.map(({ place, error }) => `  ${place.host} (${place.source}): ${reason(error)}`);
  throw new ConnectionError(
    [
      "no Docker Engine answered; tried:",
      ...tried,
      'Start Docker, or name another engine: openEngine("unix:///path/docker.sock"), DOCKER_HOST or a Docker',
      'context. openEngine("simulator") needs none.',
    ].join("\n"),
    { cause: failures[0]?.error },
  );
}

function reason(error: unknown): string {
  return reasonOf(error instanceof ConnectionError ? error.cause : error);
}
