import { addressProblem, contains, parseAddress, parsePrefix, prefixProblem } from "@dryharbor/kernel";
import type { IPAMPoolConfig, NetworkCreateRequest } from "@dryharbor/sdk/port";
import { addresses, blocks, readsAddresses } from "../../command/addresses.js";
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { labels, map, stringSlice, text, toggle } from "../../command/flags.js";
import { labelsOf } from "../../command/pairs.js";
import { quoted } from "../../command/quoted.js";
import { isIn, type Release } from "../../releases.js";

export const networkCreate = command({
  name: "create",
  short: "Create a network",
  usage: "[OPTIONS] NETWORK",
  arguments: exactly(1),
  flags: {
    attachable: toggle(),
    "aux-address": map(),
    "config-from": text(undefined, { completes: "network" }),
    "config-only": toggle(),
    driver: text("d", {
      initial: "bridge",
      completes: ["bridge", "host", "ipvlan", "macvlan", "none", "overlay"],
    }),
    gateway: addresses(),
    ingress: toggle(),
    internal: toggle(),
    "ip-range": blocks(),
    "ipam-driver": text(undefined, { initial: "default" }),
    "ipam-opt": map(),
    ipv4: toggle(undefined, { initial: true, since: "28.5", api: "1.48" }),
    ipv6: toggle(),
    label: labels(),
    opt: map("o"),
    scope: text(),
    subnet: stringSlice(),
  },
  async run({ engine, io, flags, given, release, arguments: [name = ""] }) {
    const pools = poolsOf(flags.subnet, flags["ip-range"], flags.gateway, flags["aux-address"], release);
    const request: NetworkCreateRequest = {
      Name: name,
      ...(release.name === "20.10" && { CheckDuplicate: true }),
      Driver: flags.driver,
      ...(flags.scope !== "" && { Scope: flags.scope }),
      ...(given.has("ipv4") && { EnableIPv4: flags.ipv4 }),
      ...((given.has("ipv6") || release.name === "20.10") && { EnableIPv6: flags.ipv6 }),
      IPAM: { Driver: flags["ipam-driver"], Options: flags["ipam-opt"], Config: pools },
      Internal: flags.internal,
      Attachable: flags.attachable,
      Ingress: flags.ingress,
      ConfigOnly: flags["config-only"],
      ConfigFrom: flags["config-from"] === "" ? null : { Network: flags["config-from"] },
      Options: flags.opt,
      Labels: labelsOf(flags.label),
    };
    const { Id, Warning } = await engine.networks.create(request);
    if (Warning && release.name !== "20.10") io.stderr(`WARNING: ${Warning}\n`);
    io.stdout(`${Id}\n`);
  },
});

/** Puts ranges, gateways and further addresses to the subnets that they are in. @throws {CommandError} */
function poolsOf(
  subnets: readonly string[],
  ranges: readonly string[],
  gateways: readonly string[],
  auxiliary: Readonly<Record<string, string>>,
  release: Release,
): IPAMPoolConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new CommandError("every ip-range or gateway must have a corresponding subnet");
  }
  const pools = new Map<string, IPAMPoolConfig>();
  for (const subnet of subnets) {
    for (const other of pools.keys()) {
      if (isWithin(other, subnet) || isWithin(subnet, other)) {
        throw new CommandError("multiple overlapping subnet configuration is not supported");
      }
    }
    const problem = readsAddresses(release) ? prefixProblem(subnet, quoted) : undefined;
    if (problem !== undefined) throw new CommandError(problem);
    pools.set(subnet, { Subnet: subnet });
  }
  const poolOf = (what: string, value: string): IPAMPoolConfig => {
    const subnet = subnets.find((subnet) => isWithin(subnet, value));
    if (subnet === undefined) throw new CommandError(`no matching subnet for ${what} ${value}`);
    return pools.get(subnet)!;
  };
  for (const range of ranges) {
    if (isIn(release, { since: "28.5" }) && !parsePrefix(range))
      throw new CommandError(`invalid CIDR address: ${range}`);
    const pool = poolOf("range", range);
    if (pool.IPRange !== undefined) {
      throw new CommandError(
        `cannot configure multiple ranges (${range}, ${pool.IPRange}) on the same subnet (${pool.Subnet})`,
      );
    }
    pool.IPRange = range;
  }
  for (const gateway of gateways) {
    const pool = poolOf("gateway", gateway);
    if (pool.Gateway !== undefined) {
      throw new CommandError(
        `cannot configure multiple gateways (${gateway}, ${pool.Gateway}) for the same subnet (${pool.Subnet})`,
      );
    }
    pool.Gateway = gateway;
  }
  for (const [name, address] of Object.entries(auxiliary)) {
    if (readsAddresses(release)) {
      if (address === "") continue;
      const problem = addressProblem(address, quoted);
      if (problem !== undefined) throw new CommandError(problem);
    }
    const pool = poolOf("aux-address", address);
    pool.AuxiliaryAddresses = { ...pool.AuxiliaryAddresses, [name]: address };
  }
  return [...pools.values()];
}

/** Whether an address, or the one of a subnet, lies in a subnet. @throws {CommandError} they cannot be read */
function isWithin(subnet: string, value: string): boolean {
  const prefix = parsePrefix(subnet);
  if (!prefix) throw new CommandError(`invalid subnet: invalid CIDR address: ${subnet}`);
  const address = value.includes("/") ? parsePrefix(value)?.address : parseAddress(value);
  if (value.includes("/") && !address) throw new CommandError(`invalid CIDR address: ${value}`);
  return address !== undefined && contains(prefix, address);
}
