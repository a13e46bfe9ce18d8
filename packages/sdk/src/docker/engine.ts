import type { Engine } from "../engine.js";
import { UsageError } from "../errors.js";
import { connect } from "./connect.js";
import { Connection } from "./connection.js";
import { dockerContainers } from "./containers.js";
import { askByProbe, type DnsAsker, dockerDns } from "./dns.js";
import type { Dockerode } from "./dockerode.js";
import { dockerEvents } from "./events.js";
import { dockerExec } from "./exec.js";
import { performed } from "./perform.js";
import { dockerTraffic, probeByContainer, type TrafficAsker } from "./traffic.js";

/** How names are asked for on a real engine. */
export interface DockerDnsOptions {
  /** The image of the containers that questions are asked from: one with `sh`, `nc` and `ping`. Default: `busybox:latest`. */
  probeImage?: string;
  /** How long an answer may take, in milliseconds. Default: 5000, as with libc. */
  dnsTimeout?: number;
  /** Another way to ask, in place of containers. */
  dns?: DnsAsker;
  /** Another way to try connections and pings, in place of containers. */
  traffic?: TrafficAsker;
}

/** What {@link dockerEngine} takes: one of `host` and `docker`, and how names are asked for. */
export interface DockerEngineOptions extends DockerDnsOptions {
  /** Its address: `unix:///path`, `npipe:////./pipe/name`, `tcp://host:2375`, `http(s)://host`, `ssh://user@host`. */
  host?: string;
  /** A dockerode instance of one's own. Closing the engine does not close it. */
  docker?: Dockerode;
}

/**
 * A real engine, over dockerode. Connects with the first call; `openEngine` makes sure at once that
 * the engine is there, and finds it as well.
 * @throws {UsageError} neither `host` nor `docker`, or an address of another kind.
 */
export function dockerEngine({ host, docker, ...dns }: DockerEngineOptions): Engine {
  if (docker) return engineOver(new Connection(docker, "the given dockerode instance"), dns);
  if (host !== undefined) return engineOver(connect(host), dns);
  throw new UsageError("dockerEngine takes a host or a dockerode instance; openEngine() finds the engine");
}

/** The engine at the other end of a connection. */
export function engineOver(
  connection: Connection,
  { probeImage = "busybox:latest", dnsTimeout = 5000, dns, traffic }: DockerDnsOptions,
): Engine {
  const containers = dockerContainers(connection);
  const images = performed(connection, "images");
  const probes = { connection, engine: { containers, images }, image: probeImage, timeout: dnsTimeout };
  const close = async () => connection.close();
  return {
    system: performed(connection, "system"),
    networks: performed(connection, "networks"),
    containers,
    exec: dockerExec(connection),
    images,
    volumes: performed(connection, "volumes"),
    swarm: performed(connection, "swarm"),
    nodes: performed(connection, "nodes"),
    services: performed(connection, "services"),
    tasks: performed(connection, "tasks"),
    secrets: performed(connection, "secrets"),
    configs: performed(connection, "configs"),
    dns: dockerDns(dns ?? askByProbe(probes)),
    traffic: dockerTraffic(traffic ?? probeByContainer({ containers, images }, probeImage)),
    events: (options) => dockerEvents(connection, options),
    close,
    [Symbol.asyncDispose]: close,
  };
}
