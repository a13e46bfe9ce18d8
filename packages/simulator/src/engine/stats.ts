import { type ContainerStats, engineError } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import { type Container, isRunning } from "../core/containers/container.js";
import { lostNetwork, showStats } from "../core/containers/stats.js";
import type { Session } from "./session.js";
import { openStream } from "./stream.js";

const second = 1_000_000_000n;

/**
 * `GET /containers/{id}/stats` without a stream: what a sample would show that was taken now.
 * @throws 400 on 29 for a one-shot sample of a container whose network's owner has stopped
 */
export function oneStats(
  { daemon, apiVersion }: Session,
  container: Container,
  asked: boolean,
): ContainerStats {
  const oneShot = asked && !isOlder(apiVersion, "1.41");
  const lost = oneShot ? lostNetwork(daemon, container) : undefined;
  const failure = lost && daemon.release.containers.oneShotWithoutNetwork[lost.because]?.(lost.owner);
  if (failure) {
    const { status, message } = failure;
    if (status >= 400) throw engineError(status, message);
    return { message } as unknown as ContainerStats;
  }
  const now = daemon.clock.now();
  // The engine waits for a second sample to compare with; here it is clear what it will be.
  return showStats(daemon, container, { now, before: oneShot ? 0n : now - second }, !oneShot);
}

/** `GET /containers/{id}/stats`: a sample a second, until the container is gone. */
export function statsStream(
  session: Session,
  container: Container,
  signal: AbortSignal | undefined,
): AsyncIterable<ContainerStats> {
  const { daemon, time } = session;
  let cancel = (): void => {};
  let before = 0n;
  const stream = openStream<ContainerStats>(session, signal, () => {
    cancel();
    unwatch();
  });
  const unwatch = daemon.containers.watch(container, (change) => {
    if (change === "removed") stream.end();
  });
  const sample = (): void => {
    const now = daemon.clock.now();
    stream.send(showStats(daemon, container, { now, before }));
    before = isRunning(container) ? now : 0n;
    cancel = time.after(1000, sample);
  };
  sample();
  return stream;
}
