// The engine as the docker command asks it.
import type { Engine } from "@dryharbor/sdk/port";
import { releaseOf, releases } from "./releases.js";

/** What makes clients of an engine that speak an older API version, as a simulator does. */
export interface SimulatedEngine {
  readonly release: string;
  /** Makes a client of the engine that speaks a version of its API. */
  connect(options: { readonly apiVersion: string }): Engine;
}

/** Returns the newest API version that the docker command speaks which goes with an engine of this release or version. */
export function apiVersionOf(release: string): string {
  return releases[releaseOf(release)].apiVersion;
}

/**
 * Returns a client that speaks the newest API version that the docker command and the engine both know. An engine that
 * makes no clients of its own is asked as it is.
 *
 * @param release which docker command it is. Default: the one that goes with the engine
 */
export function clientOf(asked: Engine | SimulatedEngine, release?: string): Engine {
  if (!("connect" in asked)) return asked;
  const [own, theirs] = [apiVersionOf(release ?? asked.release), apiVersionOf(asked.release)];
  // All are 1.x.
  const apiVersion = Number(own.slice(2)) < Number(theirs.slice(2)) ? own : theirs;
  return asked.connect({ apiVersion });
}
