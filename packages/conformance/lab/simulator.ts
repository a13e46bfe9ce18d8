import type { Engine } from "@dryharbor/sdk/port";
import {
  createSimulator,
  type ReleaseName,
  type Simulator,
  upstreamServers,
  type Zone,
} from "@dryharbor/simulator";
import zone from "../../../tools/engine-lab/zone.json" with { type: "json" };

const upstreamAddress = "10.255.255.53";

/** The engine of `labMachine`. */
export function labSimulator(release: ReleaseName, seed = 1): Engine {
  const simulator = labMachine(release, seed);
  // Whoever closes this engine is its only client.
  const close = () => simulator.close();
  return { ...simulator.engine, close, [Symbol.asyncDispose]: close };
}

/** A simulator that has what an engine of tools/engine-lab has: its host, its image, its upstream. */
export function labMachine(release: ReleaseName, seed = 1): Simulator {
  return createSimulator({
    release,
    seed,
    settings: {
      hostname: `engine-${release}`,
      hostResolvConf: `nameserver ${upstreamAddress}\n`,
      hostHosts: "127.0.0.1 localhost\n::1 localhost\n",
    },
    pull: "deny",
    images: { "busybox:latest": { config: { Env: ["PATH=/bin"] }, size: imageSize, origin: "imported" } },
    upstream: upstreamServers([{ address: upstreamAddress, zone: zone as Zone, place: "host" }]),
  });
}

const imageSize = 2_065_260;
