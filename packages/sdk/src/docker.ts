// The driver for real engines. It needs Node; `openEngine` reaches it when it has to.
export type { DnsAsker } from "./docker/dns.js";
export { answerOf, queryMessage } from "./docker/dns-query.js";
export type { Dockerode } from "./docker/dockerode.js";
export { type DockerDnsOptions, type DockerEngineOptions, dockerEngine } from "./docker/engine.js";
export type { TrafficAsker } from "./docker/traffic.js";
