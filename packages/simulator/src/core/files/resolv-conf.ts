// /etc/resolv.conf of a container. Processes read the file, and `dns/` takes the embedded resolver's servers
// from it.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { annotatedResolvConf } from "./annotated-resolv-conf.js";
import { namespaceOwner } from "./namespace-owner.js";
import { plainResolvConf } from "./plain-resolv-conf.js";
import type { ResolvConf, ResolvConfSource } from "./resolv-conf-source.js";
import type { SandboxFiles } from "./sandbox-files.js";

/** The file of a sandbox, and what it was written for. Everything else that is in it stays as it is while the sandbox lives. */
interface Written extends Pick<SandboxFiles, "resolver" | "resolverHasIPv6"> {
  readonly file: ResolvConf;
}

/** So that a name is resolved without writing the file anew. */
const written = new WeakMap<SandboxFiles, Written>();

/** Makes /etc/resolv.conf as the engine writes it for a running container. */
export function resolvConf(daemon: Daemon, container: Container): ResolvConf {
  const owner = namespaceOwner(daemon, container);
  const files = owner.sandbox?.files;
  if (!files) return write(daemon, owner, undefined);
  const { resolver, resolverHasIPv6 } = files;
  const known = written.get(files);
  if (known?.resolver === resolver && known.resolverHasIPv6 === resolverHasIPv6) return known.file;
  const file = write(daemon, owner, files);
  written.set(files, { resolver, resolverHasIPv6, file });
  return file;
}

function write(daemon: Daemon, owner: Container, files: SandboxFiles | undefined): ResolvConf {
  const { settings } = daemon;
  const { Dns, DnsSearch, DnsOptions, NetworkMode } = owner.hostConfig;
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
