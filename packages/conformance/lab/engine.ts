// Opens a real engine for the programs and live tests of this package, and finds out which release it is.

import { dockerEngine } from "@dryharbor/sdk/docker";
import type { Engine } from "@dryharbor/sdk/port";
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { labAsker } from "./asker.js";
import { dnsThrough } from "./dns.js";
import { trafficThrough } from "./traffic.js";

/** A real engine and its release. */
export interface LiveEngine {
  readonly engine: Engine;
  readonly release: ReleaseName;
}

/**
 * Opens a real engine. An engine of the lab gets the fast way to ask names.
 * @throws {Error} the engine is of a release that the simulator does not play
 */
export async function openLive(url: string): Promise<LiveEngine> {
  const asker = await labAsker(url);
  const engine: Engine = asker
    ? dockerEngine({
        host: url,
        dns: dnsThrough(asker, () => engine.containers),
        traffic: trafficThrough(asker, () => engine.containers),
      })
    : dockerEngine({ host: url });
  const close = async () => {
    await engine.close();
    asker?.close();
  };
  try {
    const { Version } = await engine.system.version();
    return {
      engine: { ...engine, close, [Symbol.asyncDispose]: close },
      release: releaseOf(Version),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function releaseOf(version: string): ReleaseName {
  const release = releaseNames.find((name) => version.startsWith(`${name}.`));
  if (release) return release;
  throw new Error(`the engine is ${version}, and the simulator plays only ${releaseNames.join(", ")}`);
}
