import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { checkDataPathAddress, completeAddress, resolveListenAddress } from "./address.js";
import { alreadyInSwarm } from "./init.js";

/** Body of `POST /swarm/join`. */
export interface SwarmJoinRequest {
  readonly ListenAddr?: string;
  readonly DataPathAddr?: string;
  readonly RemoteAddrs?: readonly string[] | null;
}

/** `POST /swarm/join`. There is nobody to join: nothing outside of a simulated engine listens. @throws 400, 503 */
export function joinSwarm(daemon: Daemon, request: SwarmJoinRequest): never {
  if (daemon.swarm) throw alreadyInSwarm();
  const listen = completeAddress("ListenAddr", request.ListenAddr ?? "");
  const remotes = request.RemoteAddrs ?? [];
  if (remotes.length === 0) throw engineError(400, "at least 1 RemoteAddr is required to join");
  const [remote] = remotes.map((address) => completeAddress("remoteAddr", address));
  resolveListenAddress(daemon, listen);
  checkDataPathAddress(daemon, request.DataPathAddr ?? "");
  throw engineError(
    503,
    `rpc error: code = Unavailable desc = connection error: desc = "transport: ${daemon.release.swarm.dialError} ${remote}: connect: connection refused"`,
  );
}
