import { UsageError } from "@dryharbor/sdk/port";

/** The URL under which msw sees requests to a host. A unix socket has none, and Node's client takes `localhost`. */
export function originOf(host: string): string {
  if (/^(unix|npipe):\/\/./.test(host)) return "http://localhost";
  const url = URL.canParse(host) ? new URL(host.replace(/^tcp:/, "http:")) : undefined;
  const isHost = url && /^https?:$/.test(url.protocol) && ["", "/"].includes(url.pathname);
  if (isHost) return url.origin;
  throw new UsageError(
    `"${host}" is not where an engine is: unix:///path, tcp://host:port, http://host and https://host are`,
  );
}
