// /etc/resolv.conf of a container. Processes read the file, and `dns/` takes the embedded resolver's servers
// from it.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { annotatedResolvConf } from "./annotated-resolv-conf.js";
import { namespaceOwner } from "./namespace-owner.js";
import { plainResolvConf } from "./plain-resolv-conf.js";
import type { ResolvConf, ResolvConfSource } from "./resolv-conf-source.js";

/** Makes /etc/resolv.conf as the engine writes it for a running container. */
export function resolvConf(daemon: Daemon, container: Container): ResolvConf {
  const { settings } = daemon;
  const owner = namespaceOwner(daemon, container);
  const { Dns, DnsSearch, DnsOptions, NetworkMode } = owner.hostConfig;
  const files = owner.sandbox?.files;
  const source: ResolvConfSource = {
    host: settings.hostResolvConf,
    dns: chosen(Dns, settings.dns),
    search: chosen(DnsSearch, settings.dnsSearch),
    options: chosen(DnsOptions, settings.dnsOptions),
    hostMode: NetworkMode === "host",
    resolver: files?.resolver ?? "initial",
    ipv6: files?.resolverHasIPv6 ?? false,
  };
  const style = daemon.release.dns.resolvConf;
  return style === "plain" ? plainResolvConf(source) : annotatedResolvConf(source, style);
}

function chosen(own: readonly string[] | null | undefined, daemons: readonly string[]): readonly string[] {
  return own && own.length > 0 ? own : daemons;
}
