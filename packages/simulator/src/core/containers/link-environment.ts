import { bridgeAttachment } from "../files/hosts.js";
import { compareText } from "../go-order.js";
import type { Release } from "../releases/release.js";
import type { LegacyLink } from "./container.js";

/** One exposed port of a link's target. */
interface ExposedPort {
  readonly number: number;
  readonly protocol: string;
}

/**
 * Makes the variables by which a legacy link describes its target: the ports (e.g.
 * `DATABASE_PORT_5432_TCP_ADDR`), the name, and the target's own variables.
 */
export function linkEnvironment(
  linking: string,
  { target, alias }: LegacyLink,
  order: Release["environment"]["linkPorts"],
): string[] {
  const prefix = alias.toUpperCase().replaceAll("-", "_");
  const address = bridgeAttachment(target)?.ipv4 ?? "";
  const ports = exposedPorts(target.config.ExposedPorts);
  return [
    ...(order === "by number"
      ? linkPortsByNumber(prefix, address, ports)
      : linkPortsByProtocol(prefix, address, ports)),
    `${prefix}_NAME=/${linking}/${alias}`,
    ...(target.config.Env ?? [])
      .filter((entry) => entry.includes("=") && !/^(HOME|PATH)=/.test(entry))
      .map((entry) => `${prefix}_ENV_${entry}`),
  ];
}

function exposedPorts(exposed: Readonly<Record<string, unknown>> | null | undefined): ExposedPort[] {
  return Object.keys(exposed ?? {}).map((key) => {
    const [number = "", protocol = "tcp"] = key.split("/");
    return { number: Number.parseInt(number, 10), protocol };
  });
}

/**
 * Makes the variables of the ports as up to 26.1: sorted by number, tcp first. First come the runs of three
 * and more neighbouring numbers, of any protocol, then every port. Two neighbours alone make no run.
 */
function linkPortsByNumber(prefix: string, address: string, ports: readonly ExposedPort[]): string[] {
  const sorted = [...ports].sort(
    (a, b) => a.number - b.number || tcpFirst(a, b) || compareText(a.protocol, b.protocol),
  );
  const [first] = sorted;
  const lines = first ? [`${prefix}_PORT=${url(first, address)}`] : [];
  for (let start = 0; start < sorted.length; ) {
    const end = endOfRun(sorted, start);
    if (end <= start + 1) {
      start++;
      continue;
    }
    const from = sorted[start] as ExposedPort;
    const to = sorted[end] as ExposedPort;
    const name = portName(prefix, from);
    lines.push(
      `${name}_START=${url(from, address)}`,
      `${name}_ADDR=${address}`,
      `${name}_PROTO=${from.protocol}`,
      `${name}_PORT_START=${from.number}`,
      `${portName(prefix, { ...to, number: from.number })}_END=${url(to, address)}`,
      `${portName(prefix, { ...to, number: from.number })}_PORT_END=${to.number}`,
    );
    start = end + 1;
  }
  return [...lines, ...sorted.flatMap((port) => portLines(prefix, address, port))];
}

/**
 * Returns the index of the last port of a run. In a run, each number is at most one above a counter that goes
 * up by one for each port. Two protocols on one number move the counter, so the run allows a gap after them.
 */
function endOfRun(ports: readonly ExposedPort[], start: number): number {
  let value = (ports[start] as ExposedPort).number;
  for (let at = start + 1; at < ports.length; at++) {
    if ((ports[at] as ExposedPort).number > value + 1) return at - 1;
    value++;
  }
  return ports.length - 1;
}

/**
 * Makes the variables of the ports as from 28.5 on: tcp before the others. Each port has its variables, and
 * after each run of neighbours of one protocol come those of the run's ends.
 */
function linkPortsByProtocol(prefix: string, address: string, ports: readonly ExposedPort[]): string[] {
  const sorted = [...ports].sort(
    (a, b) => tcpFirst(a, b) || compareText(a.protocol, b.protocol) || a.number - b.number,
  );
  const [first] = sorted;
  const lines = first ? [`${prefix}_PORT=${url(first, address)}`] : [];
  let from = first;
  let to = first;
  for (const [at, port] of sorted.entries()) {
    lines.push(...portLines(prefix, address, port));
    if (!from || !to) break;
    if (port.number === to.number + 1 && port.protocol === from.protocol) {
      to = port;
      if (at < sorted.length - 1) continue;
    }
    if (from !== to) {
      const name = portName(prefix, from);
      lines.push(
        `${name}_START=${url(from, address)}`,
        `${name}_PORT_START=${from.number}`,
        `${name}_END=${url(to, address)}`,
        `${name}_PORT_END=${to.number}`,
      );
    }
    from = port;
    to = port;
  }
  return lines;
}

function portLines(prefix: string, address: string, port: ExposedPort): string[] {
  const name = portName(prefix, port);
  return [
    `${name}=${url(port, address)}`,
    `${name}_ADDR=${address}`,
    `${name}_PORT=${port.number}`,
    `${name}_PROTO=${port.protocol}`,
  ];
}

function portName(prefix: string, port: ExposedPort): string {
  return `${prefix}_PORT_${port.number}_${port.protocol.toUpperCase()}`;
}

function url(port: ExposedPort, address: string): string {
  return `${port.protocol}://${address}:${port.number}`;
}

function tcpFirst(a: ExposedPort, b: ExposedPort): number {
  return Number(b.protocol === "tcp") - Number(a.protocol === "tcp");
}
