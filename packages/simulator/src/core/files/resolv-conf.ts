// /etc/resolv.conf of a container. Processes read the file, and `dns/` takes the embedded resolver's servers
// from it.

import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { annotatedResolvConf } from "./annotated-resolv-conf.js";
import { type EtcFiles, writtenText } from "./etc-files.js";
import { plainResolvConf, withEmbeddedResolver } from "./plain-resolv-conf.js";
import type { ResolvConf, ResolvConfSource } from "./resolv-conf-source.js";

/** The file of a container, and what it was made for. Everything else that is in it stays as it is during a run. */
interface Made extends Pick<EtcFiles, "resolver" | "resolverHasIPv6">, Pick<Container, "hostConfig"> {
  readonly file: ResolvConf;
}

/** So that a name is resolved without making the file anew. */
const made = new WeakMap<EtcFiles, Made>();

/** Returns /etc/resolv.conf of a container, and what its embedded resolver has made of it. */
export function resolvConf(daemon: Daemon, container: Container): ResolvConf {
  const file = madeResolvConf(daemon, container);
  const text = container.etc ? writtenText(container.etc, "resolv.conf") : undefined;
  if (text === undefined || text === file.text) return file;
  return { ...file, text, nameservers: nameserversIn(text) };
}

/** Returns the file as the engine writes it, whatever a process has made of it. */
export function resolvConfText(daemon: Daemon, container: Container): string {
  return madeResolvConf(daemon, container).text;
}

/**
 * Rewrites a file that a process has changed, when the embedded resolver starts. `undefined` where the release leaves
 * such a file as it is.
 */
export function rewrittenResolvConf(daemon: Daemon, files: EtcFiles, text: string): string | undefined {
  if (daemon.release.dns.resolvConf !== "plain" || files.resolver !== "embedded") return undefined;
  return withEmbeddedResolver(text)?.text;
}

/** Reads the nameservers as the C library does. */
function nameserversIn(text: string): string[] {
  const lines = text.split("\n").map((line) => /^nameserver[ \t]+([^ \t]+)/.exec(line)?.[1]);
  return lines.filter((address) => address !== undefined);
}

function madeResolvConf(daemon: Daemon, container: Container): ResolvConf {
  const { etc } = container;
  if (!etc) return make(daemon, container, { resolver: "initial", resolverHasIPv6: false });
  const { resolver, resolverHasIPv6 } = etc;
  const { hostConfig } = etc.container;
  const known = made.get(etc);
  if (
    known?.resolver === resolver &&
    known.resolverHasIPv6 === resolverHasIPv6 &&
    known.hostConfig === hostConfig
  ) {
    return known.file;
  }
  const file = make(daemon, etc.container, etc);
  made.set(etc, { resolver, resolverHasIPv6, hostConfig, file });
  return file;
}

function make(
  { settings, release }: Daemon,
  { hostConfig }: Container,
  { resolver, resolverHasIPv6 }: Pick<EtcFiles, "resolver" | "resolverHasIPv6">,
): ResolvConf {
  const { Dns, DnsSearch, DnsOptions, NetworkMode } = hostConfig;
  const source: ResolvConfSource = {
    host: settings.hostResolvConf,
    dns: chosen(Dns, settings.dns),
    search: chosen(DnsSearch, settings.dnsSearch),
    options: chosen(DnsOptions, settings.dnsOptions),
    hostMode: NetworkMode === "host",
    resolver,
    ipv6: resolverHasIPv6,
  };
  const style = release.dns.resolvConf;
  return style === "plain" ? plainResolvConf(source) : annotatedResolvConf(source, style);
}

function chosen(own: readonly string[] | null | undefined, daemons: readonly string[]): readonly string[] {
  return own && own.length > 0 ? own : daemons;
}
