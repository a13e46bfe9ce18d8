import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";

/** The registry behind a domain, as Go dials it. */
interface Server {
  readonly scheme: "http" | "https";
  /** With a port where the reference has one. */
  readonly host: string;
}

/** What is said where the registry of a repository cannot be reached: there is no way out of the host. */
export function unreachable(daemon: Daemon, repository: string): Error {
  const server = serverOf(daemon, repository.slice(0, repository.indexOf("/")));
  const dialled = `Get "${server.scheme}://${server.host}/v2/": dial tcp${dialProblem(daemon, server)}`;
  return engineError(500, dialled);
}

function serverOf({ release }: Daemon, domain: string): Server {
  if (domain === "docker.io") return { scheme: "https", host: "registry-1.docker.io" };
  // Registries of the host itself need no TLS, so what is told of is the second attempt.
  const local =
    /^(localhost|127(\.\d+){3})(:\d+)?$/.test(domain) ||
    (release.images.ipv6LoopbackIsInsecure && /^\[::1\]:\d+$/.test(domain));
  return { scheme: local ? "http" : "https", host: domain };
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
