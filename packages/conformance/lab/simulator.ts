import type { Engine } from "@dryharbor/sdk/port";
import { createSimulator, type ReleaseName, upstreamServers, type Zone } from "@dryharbor/simulator";
import zone from "../../../tools/engine-lab/zone.json" with { type: "json" };

const upstreamAddress = "10.255.255.53";

/** A simulator that has what an engine of tools/engine-lab has: its host, its image, its upstream. */
export function labSimulator(release: ReleaseName, seed = 1): Engine {
  const simulator = createSimulator({
    release,
    seed,
    settings: {
      hostname: `engine-${release}`,
      hostResolvConf: `nameserver ${upstreamAddress}\n`,
      hostHosts: "127.0.0.1 localhost\n::1 localhost\n",
    },
    images: { "busybox:latest": { config: { Env: ["PATH=/bin"] }, size: imageSize, origin: "imported" } },
    upstream: upstreamServers([{ address: upstreamAddress, zone: zone as Zone, place: "host" }]),
  });
  // Whoever closes this engine is its only client.
  const close = () => simulator.close();
  return { ...simulator.engine, close, [Symbol.asyncDispose]: close };
}

const imageSize = 2_065_260;
