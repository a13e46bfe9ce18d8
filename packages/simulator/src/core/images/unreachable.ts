import { type EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";

/** The registry behind a domain, as Go dials it. */
interface Server {
  readonly scheme: "http" | "https";
  /** With a port where the reference has one. */
  readonly host: string;
}

/**
 * What is said where a registry cannot be reached: there is no way out of the host.
 *
 * @param name its domain, or a repository of it
 */
export function unreachable(daemon: Daemon, name: string): EngineError {
  const server = serverOf(daemon, name.split("/", 1)[0] as string);
  return engineError(500, dialled(daemon, server, "v2/"));
}

/** The words of Go's HTTP client. @param path below the server's root */
export function dialled(daemon: Daemon, server: Server, path: string): string {
  return `Get "${server.scheme}://${server.host}/${path}": dial tcp${dialProblem(daemon, server)}`;
}

/** Registries of the host itself need no TLS. */
export function isLocal({ release }: Daemon, domain: string): boolean {
  return (
    /^(localhost|127(\.\d+){3})(:\d+)?$/.test(domain) ||
    (release.images.ipv6LoopbackIsInsecure && /^\[::1\]:\d+$/.test(domain))
  );
}

function serverOf(daemon: Daemon, domain: string): Server {
  if (domain === "docker.io") return { scheme: "https", host: "registry-1.docker.io" };
  // The second attempt is the one that is told of.
  return { scheme: isLocal(daemon, domain) ? "http" : "https", host: domain };
}

function dialProblem(daemon: Daemon, { scheme, host }: Server): string {
  const [, name = host, port = scheme === "http" ? "80" : "443"] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  const address = name === "localhost" ? "[::1]" : name;
  if (/^\[::1\]$|^127(\.\d+){3}$/.test(address)) return ` ${address}:${port}: connect: connection refused`;
  if (/^\[.*\]$|^\d+(\.\d+){3}$/.test(address)) return ` ${address}:${port}: connect: network is unreachable`;
  return `: lookup ${name} on ${nameserver(daemon)}:53: no such host`;
}

/** The first that the host asks; Go asks the host itself where it names none. */
function nameserver({ settings }: Daemon): string {
  const [, address = "127.0.0.1"] = /^nameserver\s+(\S+)/m.exec(settings.hostResolvConf) ?? [];
  return address.includes(":") ? `[${address}]` : address;
}
