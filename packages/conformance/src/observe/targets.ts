import type { ContainerInspect, TrafficProbe } from "@dryharbor/sdk/port";
import { byText } from "../normalise/normalise.js";

/** One connection or ping to try, with the label that it has in an observation. */
export interface Target {
  readonly label: string;
  readonly probe: TrafficProbe;
}

/** A port that nobody listens at, unless a command publishes it. */
const quiet = 80;

const firstEphemeral = 32_768;

/**
 * Returns what to try from inside every running container: each address that a container or a gateway has, and
 * each published port at the gateways. Some are too many to try at each step. `step` chooses among them, the
 * same ones on every engine.
 *
 * @param text - removes ids from a text, since what is keyed by ids comes in another order on each engine
 */
export function targets(
  containers: readonly ContainerInspect[],
  step: number,
  text: (value: string) => string,
): Target[] {
  const addresses = new Set<string>();
  const gateways = new Set<string>();
  const ports = new Set<number>();
  for (const { NetworkSettings } of containers) {
    const endpoints = Object.entries(NetworkSettings.Networks);
    endpoints.sort(([one], [other]) => byText(text(one), text(other)));
    for (const [, { IPAddress, GlobalIPv6Address, Gateway, IPv6Gateway }] of endpoints) {
      for (const address of [IPAddress, GlobalIPv6Address]) if (address) addresses.add(address);
      for (const address of [Gateway, IPv6Gateway]) if (address) gateways.add(address);
    }
    for (const [port, bindings] of Object.entries(NetworkSettings.Ports ?? {})) {
      if (!port.endsWith("/tcp")) continue;
      for (const { HostPort } of bindings ?? []) {
        // Ephemeral ports are others on each engine.
        if (HostPort && Number(HostPort) < firstEphemeral) ports.add(Number(HostPort));
      }
    }
  }
  const turn = <T>(list: readonly T[], every: number): T[] =>
    list.filter((_, index) => (index + step) % every === 0);
  const all = [...addresses];
  return [
    ...turn(all, 2).map((address) => target(address, quiet)),
    ...[...turn(all, 3), ...turn([...gateways], 3)].map((address) => target(address)),
    ...[...gateways].flatMap((address) => turn([...ports], 2).map((port) => target(address, port))),
    target("127.0.0.1", quiet),
  ];
}

function target(address: string, port?: number): Target {
  if (port === undefined) return { label: `ping ${address}`, probe: { address } };
  return { label: `connect ${address} port ${port}`, probe: { address, port } };
}
