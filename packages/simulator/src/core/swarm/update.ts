import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { rootCertificate } from "./certificate.js";
import { emitNodeUpdate } from "./events.js";
import { newJoinToken, newUnlockKey } from "./keys.js";
import { managedSwarm } from "./manager.js";
import { touch } from "./meta.js";
import { checkName, emptySpec, mergedSpec, type SwarmSpec, specProblem } from "./spec.js";

/** The secrets that an update of a swarm replaces. */
export interface Rotations {
  readonly workerToken: boolean;
  readonly managerToken: boolean;
  readonly unlockKey: boolean;
}

/**
 * Answers `POST /swarm/update`.
 *
 * @param version of the swarm that the client has seen
 * @throws 400, 500, 503
 */
export function updateSwarm(daemon: Daemon, version: number, asked: SwarmSpec, rotate: Rotations): void {
  const swarm = managedSwarm(daemon);
  checkName(asked);
  const spec = mergedSpec(asked, emptySpec);
  const problem = specProblem(spec);
  if (problem !== undefined) throw engineError(400, problem);
  const { cluster } = swarm;
  checkVersion(version, cluster.version);
  const { random, clock } = daemon;
  const now = clock.now();
  const rotatesRoot = spec.forceRotate !== cluster.spec.forceRotate;
  if (rotatesRoot) cluster.root = rootCertificate(random, now);
  if (rotatesRoot || rotate.workerToken) cluster.workerToken = newJoinToken(random, cluster.root);
  if (rotatesRoot || rotate.managerToken) cluster.managerToken = newJoinToken(random, cluster.root);
  if (!spec.autoLockManagers) cluster.unlockKey = "";
  else if (rotate.unlockKey || cluster.unlockKey === "") cluster.unlockKey = newUnlockKey(random);
  const wasLocked = cluster.spec.autoLockManagers;
  cluster.spec = spec;
  touch(swarm, cluster, now);
  if (spec.autoLockManagers === wasLocked) return;
  // The manager reports that its key is now locked, or no longer.
  touch(swarm, swarm.node, clock.now());
  emitNodeUpdate(daemon, swarm);
}

/** Checks that nobody else has changed an object since. @throws 500 */
export function checkVersion(seen: number, current: number): void {
  if (seen !== current) throw engineError(500, "rpc error: code = Unknown desc = update out of sequence");
}

/**
 * Answers `POST /swarm/unlock`. A simulated engine never restarts, so its swarm is never locked. @throws 503,
 * 409
 */
export function unlockSwarm(daemon: Daemon): never {
  managedSwarm(daemon);
  throw engineError(409, "swarm is not locked");
}
