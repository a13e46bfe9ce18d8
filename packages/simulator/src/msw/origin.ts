import { UsageError } from "@dryharbor/sdk/port";

/**
 * Returns the URL under which msw sees requests to a host. For a unix socket Node's client says `localhost`.
 */
export function originOf(host: string): string {
  if (/^(unix|npipe):\/\/./.test(host)) return "http://localhost";
  const url = URL.canParse(host) ? new URL(host.replace(/^tcp:/, "http:")) : undefined;
  const isHost = url && /^https?:$/.test(url.protocol) && ["", "/"].includes(url.pathname);
  if (isHost) return url.origin;
  throw new UsageError(
    `"${host}" is not the address of an engine: give unix:///path, tcp://host:port, http://host or https://host`,
  );
}
