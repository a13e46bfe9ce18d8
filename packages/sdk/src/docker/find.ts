import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../errors.js";
import { configDirectory, contextEngine, currentContext } from "./config.js";
import { type Tls, tlsFrom } from "./tls.js";

/** Where an engine may be, and how we come to think so. */
export interface Place {
  host: string;
  /** @example "DOCKER_HOST" */
  source: string;
  tls?: Tls;
}

/** Where Docker clients look: `DOCKER_HOST`, else `DOCKER_CONTEXT`, else the current context, else the default sockets. */
export function findEngines(): Place[] {
  const { DOCKER_HOST: host, DOCKER_CONTEXT: named } = process.env;
  if (host) return [{ host: host.includes("://") ? host : `tcp://${host}`, source: "DOCKER_HOST" }];
  const context = named || currentContext();
  if (context === undefined || context === "default") return defaultSockets();
  const chosenBy = named ? "DOCKER_CONTEXT" : `currentContext in ${join(configDirectory(), "config.json")}`;
  return [
    { ...contextEngine(context, chosenBy), source: `the Docker context "${context}", from ${chosenBy}` },
  ];
}

function defaultSockets(): Place[] {
  if (process.platform === "win32") {
    return [{ host: "npipe:////./pipe/docker_engine", source: "the default pipe" }];
  }
  const places = [
    { host: "unix:///var/run/docker.sock", source: "the default socket" },
    { host: `unix://${join(homedir(), ".docker/run/docker.sock")}`, source: "Docker Desktop's socket" },
  ];
  const runtime = process.env.XDG_RUNTIME_DIR;
  if (runtime) {
    places.push({ host: `unix://${join(runtime, "docker.sock")}`, source: "the socket of rootless Docker" });
  }
  return places;
}

/** TLS for a host that is given by its address, as Docker's variables say. */
export function environmentTls(): Tls | undefined {
  const { DOCKER_TLS: plain, DOCKER_TLS_VERIFY: verify, DOCKER_CERT_PATH: directory } = process.env;
  if (!plain && !verify && !directory) return undefined;
  const tls = tlsFrom(directory || configDirectory(), Boolean(verify));
  if (directory && !tls.ca && !tls.cert && !tls.key) {
    throw new UsageError(
      `DOCKER_CERT_PATH is ${directory}, which has none of ca.pem, cert.pem and key.pem: put them there, or unset it`,
    );
  }
  return tls;
}
