// The simulator as the comparisons use it: with the host, the image and the upstream of tools/engine-lab's
// engines.

import type { Engine } from "@dryharbor/sdk/port";
import {
  createSimulator,
  type ImageDefinitions,
  type ReleaseName,
  type Simulator,
  systemTime,
  type Time,
  upstreamServers,
  type Zone,
} from "@dryharbor/simulator";
import zone from "../../../tools/engine-lab/zone.json" with { type: "json" };

const upstreamAddress = "10.255.255.53";

const upstream = upstreamServers([{ address: upstreamAddress, zone: zone as Zone, place: "host" }]);

/** The engine of a {@link labMachine}. */
export function labSimulator(release: ReleaseName, seed = 1): Engine {
  const simulator = labMachine(release, seed);
  // The caller is the engine's only client, so closing the engine closes the simulator.
  const close = () => simulator.close();
  return { ...simulator.engine, close, [Symbol.asyncDispose]: close };
}

/**
 * A simulator with what an engine of tools/engine-lab has: its host, its image and its upstream.
 *
 * @param more images beside that one, and whether others can be pulled. Well-known ones stand for those that are made of
 * Debian's packages
 */
export function labMachine(
  release: ReleaseName,
  seed = 1,
  time: Time = systemTime,
  { images = {}, pull = "deny" }: { readonly images?: ImageDefinitions; readonly pull?: "deny" | "any" } = {},
): Simulator {
  return createSimulator({
    release,
    time,
    seed,
    settings: {
      hostname: `engine-${release}`,
      hostResolvConf: `nameserver ${upstreamAddress}\n`,
      hostHosts: "127.0.0.1 localhost\n::1 localhost\n",
    },
    pull,
    images: {
      "busybox:latest": {
        config: { Env: ["PATH=/bin"] },
        size: imageSizes[release],
        origin: "imported",
        ...created(time),
      },
      ...images,
    },
    upstream: {
      ...upstream,
      // The lab's host has no uplink.
      reaches: (to, from) => (to.address === upstreamAddress ? upstream.reaches(to, from) : "no-route"),
    },
  });
}

/** When the lab's image was made: the host's clock has nine digits of a second, which sizes of 29 count. */
function created(time: Time): { readonly created?: string } {
  return time === systemTime ? { created: new Date().toISOString().replace("Z", "456789Z") } : {};
}

/** The bytes of the lab's image. 29 counts the blocks that it takes on the disk. */
const imageSizes: Readonly<Record<ReleaseName, number>> = {
  "20.10": 2_065_260,
  "26.1": 2_065_260,
  "28.5": 2_065_260,
  "29": 2_138_112,
};
