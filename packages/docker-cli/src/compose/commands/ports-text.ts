// Ports as lists of containers show them: `0.0.0.0:8080->80/tcp, 9000-9001/udp`.

import type { ContainerPort } from "@dryharbor/sdk/port";

interface Range {
  first: number;
  last: number;
}

/** The ports of a container in one text. Neighbours that are published alike are one range. */
export function portsText(ports: readonly ContainerPort[]): string {
  const ranges = new Map<string, Range>();
  const result: string[] = [];
  const published: string[] = [];
  const sorted = [...ports].sort(
    (a, b) =>
      a.PrivatePort - b.PrivatePort ||
      compare(a.IP ?? "", b.IP ?? "") ||
      (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
      compare(a.Type, b.Type),
  );
  const keys: string[] = [];
  for (const { IP = "", PrivatePort, PublicPort = 0, Type } of sorted) {
    let key = Type;
    if (IP !== "") {
      if (PublicPort !== PrivatePort) {
        published.push(`${joined(IP, String(PublicPort))}->${PrivatePort}/${Type}`);
        continue;
      }
      key = `${IP}/${Type}`;
    }
    const range = ranges.get(key);
    if (!range) {
      ranges.set(key, { first: PrivatePort, last: PrivatePort });
      keys.push(key);
    } else if (PrivatePort === range.last + 1) {
      range.last = PrivatePort;
    } else {
      result.push(rangeText(key, range));
      ranges.set(key, { first: PrivatePort, last: PrivatePort });
    }
  }
  for (const key of keys) result.push(rangeText(key, ranges.get(key) as Range));
  return [...result, ...published].join(", ");
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const joined = (address: string, port: string) =>
  `${address.includes(":") ? `[${address}]` : address}:${port}`;

function rangeText(key: string, { first, last }: Range): string {
  const [address = "", type = address] = key.includes("/") ? key.split("/") : ["", key];
  const ports = first === last ? String(first) : `${first}-${last}`;
  return address === "" ? `${ports}/${type}` : `${joined(address, ports)}->${ports}/${type}`;
}
