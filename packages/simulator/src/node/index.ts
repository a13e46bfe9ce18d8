// The part of the simulator that needs Node: agents and servers. What would make the rest heavier is here, too.

export { unservedRoutes } from "../http/routes/table.js";
export { agent } from "./agent.js";
export { type DnsServerOptions, dnsServer, type ServedDns } from "./dns/dns-server.js";
export type { Limits } from "./http1/limits.js";
export { ListenError } from "./listen/listen-error.js";
export type { Tls } from "./listen/tls.js";
export { type AnsweredRequest, type Served, type ServeOptions, serve } from "./serve.js";
