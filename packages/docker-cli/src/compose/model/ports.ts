// Ports in the short syntax: `8080:80`, `127.0.0.1::80/udp`, `9000-9001:9000-9001`.

import { ComposeError } from "./error.js";
import type { TreeMap } from "./tree.js";

/** An address, host ports and container ports, from the right; an address of version 6 may be in brackets. */
function parts(spec: string): [address: string, host: string, container: string] {
  const pieces = spec.split(":");
  if (pieces.length === 1) return ["", "", pieces[0] ?? ""];
  if (pieces.length === 2) return ["", pieces[0] ?? "", pieces[1] ?? ""];
  const container = pieces.pop() ?? "";
  const host = pieces.pop() ?? "";
  return [pieces.join(":"), host, container];
}

function range(text: string): [number, number] | undefined {
  const [first = "", last = first, ...more] = text.split("-");
  const valid = [first, last].every((port) => /^[0-9]+$/.test(port) && Number(port) <= 65535);
  if (!valid || more.length > 0 || Number(last) < Number(first)) return undefined;
  return [Number(first), Number(last)];
}

const isAddress = (text: string) =>
  /^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(text)
    ? text.split(".").every((part) => Number(part) < 256)
    : /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$/.test(text);

/**
 * Reads a port in the short syntax, as the list of ports in the long one.
 * @throws {ComposeError} in the engine's words.
 */
export function parsePort(spec: string): TreeMap[] {
  const slash = spec.indexOf("/");
  const protocol = slash < 0 ? "tcp" : spec.slice(slash + 1) || "tcp";
  const [rawAddress, host, container] = parts(slash < 0 ? spec : spec.slice(0, slash));
  const address = rawAddress.startsWith("[") ? rawAddress.replace(/^\[(.*)\]$/, "$1") : rawAddress;
  if (rawAddress !== "" && !isAddress(address)) throw new ComposeError(`Invalid ip address: ${rawAddress}`);
  if (container === "") throw new ComposeError(`No port specified: ${spec}<empty>`);
  const targets = range(container);
  if (!targets) throw new ComposeError(`Invalid containerPort: ${container}`);
  const published = host === "" ? undefined : range(host);
  if (host !== "" && !published) throw new ComposeError(`Invalid hostPort: ${host}`);
  if (!["tcp", "udp", "sctp"].includes(protocol.toLowerCase())) {
    throw new ComposeError(`Invalid proto: ${protocol}`);
  }
  const length = targets[1] - targets[0];
  if (published && published[1] - published[0] !== length && length !== 0) {
    throw new ComposeError(`Invalid ranges specified for container and host Ports: ${container} and ${host}`);
  }
  const found: TreeMap[] = [];
  for (let offset = 0; offset <= length; offset++) {
    const port: TreeMap = new Map();
    port.set("mode", "ingress");
    if (address) port.set("host_ip", address);
    port.set("target", targets[0] + offset);
    if (published) port.set("published", length === 0 ? host : String(published[0] + offset));
    port.set("protocol", protocol.toLowerCase());
    found.push(port);
  }
  // The engine's parser sorts ports as texts.
  return found.sort((a, b) => (String(a.get("target")) < String(b.get("target")) ? -1 : 1));
}
