import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { userInfo } from "node:os";
import Docker from "dockerode";
import { UsageError } from "../errors.js";
import { Connection } from "./connection.js";
import { environmentTls } from "./find.js";
import { terse } from "./terse.js";
import type { Tls } from "./tls.js";

// docker-modem takes from the environment what it is not given, and that may be another engine's.
const nothingFromEnvironment = {
  host: undefined,
  socketPath: undefined,
  port: undefined,
  username: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  timeout: undefined,
};

/** How docker-modem is to reach an engine. */
interface Route {
  protocol: "http" | "https" | "ssh";
  socketPath?: string;
  host?: string;
  port?: number;
  username?: string;
  sshOptions?: { agent: string };
  agent?: Agent;
}

/**
 * The connection to an engine by its address. For an engine over TCP, Docker's variables say whether
 * TLS is spoken, unless `tls` does.
 * @throws {UsageError} an address of another kind.
 */
export function connect(host: string, tls?: Tls): Connection {
  const route = routeTo(host, tls);
  let docker: Docker;
  try {
    docker = new Docker({ ...nothingFromEnvironment, ...route });
  } catch (cause) {
    // It reads the environment all the same, and may stumble over it.
    throw new UsageError(`DOCKER_HOST or DOCKER_CERT_PATH cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
  return new Connection(docker, host, route.agent);
}

function routeTo(host: string, givenTls: Tls | undefined): Route {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(host);
  if (socket)
    return { protocol: "http", socketPath: socket[1]!, agent: terse(new Agent({ keepAlive: true })) };

  const url = urlOf(host);
  const name = url.hostname.replace(/^\[(.*)\]$/, "$1");
  if (url.protocol === "ssh:") {
    const agent = process.env.SSH_AUTH_SOCK;
    return {
      protocol: "ssh",
      host: name,
      port: Number(url.port || 22),
      username: decodeURIComponent(url.username) || userInfo().username,
      ...(agent ? { sshOptions: { agent } } : {}),
    };
  }
  const isTcp = url.protocol === "tcp:";
  const tls = url.protocol === "http:" ? undefined : (givenTls ?? environmentTls());
  if (!tls && url.protocol !== "https:") {
    const port = Number(url.port || (isTcp ? 2375 : 80));
    return { protocol: "http", host: name, port, agent: terse(new Agent({ keepAlive: true })) };
  }
  const port = Number(url.port || (isTcp ? 2376 : 443));
  return { protocol: "https", host: name, port, agent: terse(new TlsAgent({ keepAlive: true, ...tls })) };
}

function urlOf(host: string): URL {
  const url = URL.canParse(host) ? new URL(host) : undefined;
  const isKnown = url && ["tcp:", "http:", "https:", "ssh:"].includes(url.protocol);
  if (isKnown && url.hostname !== "" && ["", "/"].includes(url.pathname)) return url;
  throw new UsageError(
    `"${host}" is not the address of an engine: give unix:///path/docker.sock, npipe:////./pipe/name, ` +
      "tcp://host:port, http://host, https://host, ssh://user@host, simulator or simulator:RELEASE",
  );
}
