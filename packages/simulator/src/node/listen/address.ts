import type { ListenOptions } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";

/** An address to listen on. */
export type Address =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** The most bytes that the path of a socket may have. Linux has room for 108, with a zero at the end. */
const longestPath = 107;

/**
 * Reads a host as Docker's clients and dockerd write it.
 *
 * @throws {UsageError} the host is malformed
 *
 * @example addressOf("unix:///tmp/docker.sock"); addressOf("tcp://127.0.0.1:2375");
 */
export function addressOf(host: string): Address {
  if (host.startsWith("unix://"))
    return { kind: "unix", path: socketPath(host.slice("unix://".length), host) };
  const [, name, port] = /^tcp:\/\/(\[[0-9a-fA-F:.]+\]|[^:/?#[\]@]*)(?::([0-9]+))?\/?$/.exec(host) ?? [];
  if (name === undefined) throw new UsageError(`"${host}" is not an address to listen on: ${forms}`);
  if (name === "" || port === undefined || Number(port) > 65_535) {
    throw new UsageError(
      `"${host}" needs an address and a port, as in tcp://127.0.0.1:2375; port 0 takes any free port`,
    );
  }
  return { kind: "tcp", host: name.replace(/^\[|\]$/g, ""), port: Number(port) };
}

/** Returns whether only this machine can reach the address. */
export function isLocal(address: Address): boolean {
  return address.kind === "unix" || /^(127\.[0-9.]+|localhost|::1)$/.test(address.host);
}

const forms = "give unix:///path/docker.sock or tcp://127.0.0.1:port";

function socketPath(path: string, host: string): string {
  if (path === "") throw new UsageError(`"${host}" needs a path: ${forms}`);
  if (Buffer.byteLength(path) > longestPath) {
    throw new UsageError(`the socket path ${path} is too long: give one of at most ${longestPath} bytes`);
  }
  return path;
}

/** Formats an address for `DOCKER_HOST`. */
export function hostOf(address: Address): string {
  if (address.kind === "unix") return `unix://${address.path}`;
  const { host, port } = address;
  return `tcp://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

export function listenOptions(address: Address): ListenOptions {
  return address.kind === "unix" ? { path: address.path } : { host: address.host, port: address.port };
}
