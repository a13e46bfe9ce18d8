import type { Ping } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";

/** The values that `GET /_ping` sends in its headers. */
export interface PingAnswer extends Ping {
  /** Header `Swarm`; empty when the engine sends none. */
  readonly Swarm: string;
}

export function showPing({ release, swarm }: Daemon): PingAnswer {
  return {
    ApiVersion: release.system.apiVersion,
    OSType: "linux",
    Experimental: false,
    BuilderVersion: release.system.builderVersion,
    Swarm: release.system.hasSwarmHeader ? (swarm ? "active/manager" : "inactive") : "",
  };
}
