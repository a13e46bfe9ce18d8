import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { checkDataPathAddress, completeAddress, resolveListenAddress } from "./address.js";
import { alreadyInSwarm } from "./init.js";

/** Body of `POST /swarm/join`. */
export interface SwarmJoinRequest {
  readonly ListenAddr?: string;
  readonly DataPathAddr?: string;
  readonly RemoteAddrs?: readonly string[] | null;
  readonly JoinToken?: string;
}

/**
 * Answers `POST /swarm/join`. It always fails, since nothing outside of a simulated engine listens. @throws
 * 400, 500, 503
 */
export function joinSwarm(daemon: Daemon, request: SwarmJoinRequest): never {
  if (daemon.swarm) throw alreadyInSwarm();
  const listen = completeAddress("ListenAddr", request.ListenAddr ?? "");
  const remotes = request.RemoteAddrs ?? [];
  if (remotes.length === 0) throw engineError(400, "at least 1 RemoteAddr is required to join");
  const [remote] = remotes.map((address) => completeAddress("remoteAddr", address));
  resolveListenAddress(daemon, listen);
  checkDataPathAddress(daemon, request.DataPathAddr ?? "");
  const problem = tokenProblem(request.JoinToken ?? "");
  if (problem !== undefined) throw engineError(500, problem);
  throw engineError(
    503,
    `rpc error: code = Unavailable desc = connection error: desc = "transport: ${daemon.release.swarm.dialError} ${remote}: connect: connection refused"`,
  );
}

const token = /^SWMTKN-(?:1|2-[01])-([^-]{50})-[^-]{25}$/;

/**
 * Returns what is wrong with a join token before any manager is asked, or `undefined`. It may be empty.
 * swarmkit ca/config.go
 */
function tokenProblem(given: string): string | undefined {
  if (given === "") return undefined;
  const digest = token.exec(given)?.[1];
  if (digest === undefined) return "invalid join token";
  // A number in base 36 that encodes 32 bytes.
  let value = 0n;
  for (const digit of digest) value = value * 36n + BigInt(Number.parseInt(digit, 36) || 0);
  return value >= 1n << 256n ? "invalid checksum digest length" : undefined;
}
