import { type EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";

/** The server of a registry, as Go dials it. */
interface Server {
  readonly scheme: "http" | "https";
  /** The host, with a port if the reference has one. */
  readonly host: string;
}

/**
 * Returns the error about a registry that cannot be reached, since the host has no route out.
 *
 * @param name the registry's domain, or a repository of it
 */
export function unreachable(daemon: Daemon, name: string): EngineError {
  const server = serverOf(daemon, name.split("/", 1)[0] as string);
  return engineError(500, dialled(daemon, server, "v2/"));
}

/**
 * Returns the same error in the words of containerd.
 *
 * @param path below the server's root
 */
export function containerdUnreachable(daemon: Daemon, repository: string, path: string): string {
  const server = { ...serverOf(daemon, repository.split("/", 1)[0] as string), scheme: "https" as const };
  return `failed to do request: Head "https://${server.host}/${path}": dial tcp${dialProblem(daemon, server)}`;
}

/** Returns the message of Go's HTTP client. @param path below the server's root */
export function dialled(daemon: Daemon, server: Server, path: string): string {
  return `Get "${server.scheme}://${server.host}/${path}": dial tcp${dialProblem(daemon, server)}`;
}

/** Returns whether the registry is on the host itself and so needs no TLS. */
export function isLocal({ release }: Daemon, domain: string): boolean {
  return (
    /^(localhost|127(\.\d+){3})(:\d+)?$/.test(domain) ||
    (release.images.ipv6LoopbackIsInsecure && /^\[::1\]:\d+$/.test(domain))
  );
}

function serverOf(daemon: Daemon, domain: string): Server {
  if (domain === "docker.io") return { scheme: "https", host: "registry-1.docker.io" };
  // The message is about the second attempt.
  return { scheme: isLocal(daemon, domain) ? "http" : "https", host: domain };
}

function dialProblem(daemon: Daemon, { scheme, host }: Server): string {
  const [, name = host, port = scheme === "http" ? "80" : "443"] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  const address = name === "localhost" ? "[::1]" : name;
  if (/^\[::1\]$|^127(\.\d+){3}$/.test(address)) return ` ${address}:${port}: connect: connection refused`;
  if (/^\[.*\]$|^\d+(\.\d+){3}$/.test(address)) return ` ${address}:${port}: connect: network is unreachable`;
  return `: lookup ${name} on ${nameserver(daemon)}:53: no such host`;
}

/** Returns the host's first nameserver. Without one, Go asks the host itself. */
function nameserver({ settings }: Daemon): string {
  const [, address = "127.0.0.1"] = /^nameserver\s+(\S+)/m.exec(settings.hostResolvConf) ?? [];
  return address.includes(":") ? `[${address}]` : address;
}
