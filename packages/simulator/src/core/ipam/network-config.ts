import {
  contains,
  formatPrefix,
  isMasked,
  masked,
  overlaps,
  type Prefix,
  parseAddress,
  parseCIDR,
  parsePrefix,
} from "@dryharbor/kernel/host";
import { engineError, type IPAMPoolConfig } from "@dryharbor/sdk/port";
import { sortedByKey } from "../go-order.js";
import type { Release } from "../releases/release.js";
import { problemList } from "./problem-list.js";

/** The pools that a network asks for, by family, in the order of the request. */
export interface IpamConfig {
  readonly v4: readonly IPAMPoolConfig[];
  readonly v6: readonly IPAMPoolConfig[];
}

/**
 * Checks `IPAM.Config` and returns its entries by family. The daemon makes these checks before all others of
 * a create, also for a configuration network.
 *
 * @throws 400, or 500 on 20.10, which only checks here that each subnet is a CIDR block
 */
export function readIpamConfig(
  release: Release,
  config: readonly IPAMPoolConfig[] | null | undefined,
  enableIPv6: boolean,
): IpamConfig {
  const entries = (config ?? []).map(withoutEmpty);
  if (release.ipam.validatesConfigFirst) {
    const problems = entries.flatMap((entry) => poolProblems(entry, enableIPv6));
    if (problems.length > 0) throw engineError(400, `invalid network config:\n${problemList(problems)}`);
  }
  const v4: IPAMPoolConfig[] = [];
  const v6: IPAMPoolConfig[] = [];
  for (const entry of entries) {
    const subnet = parseCIDR(entry.Subnet ?? "");
    if (!subnet) throw engineError(500, badSubnet(entry.Subnet ?? ""));
    (subnet.address.family === 4 ? v4 : v6).push(entry);
  }
  return { v4, v6 };
}

function badSubnet(subnet: string): string {
  return `Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`;
}

/**
 * Returns an entry as the engine keeps it: without empty fields, and with its auxiliary addresses in the
 * order of their names, as Go writes maps.
 */
function withoutEmpty({ Subnet, IPRange, Gateway, AuxiliaryAddresses }: IPAMPoolConfig): IPAMPoolConfig {
  return {
    ...(Subnet ? { Subnet } : {}),
    ...(IPRange ? { IPRange } : {}),
    ...(Gateway ? { Gateway } : {}),
    ...(Object.keys(AuxiliaryAddresses ?? {}).length > 0
      ? { AuxiliaryAddresses: sortedByKey(AuxiliaryAddresses!) }
      : {}),
  };
}

function poolProblems(entry: IPAMPoolConfig, enableIPv6: boolean): string[] {
  const { Subnet = "", IPRange, Gateway, AuxiliaryAddresses } = entry;
  const subnet = parsePrefix(Subnet);
  if (!subnet) return [`invalid subnet ${Subnet}: invalid CIDR block notation`];
  if (subnet.address.family === 6 && !enableIPv6) return [];
  const problems: string[] = [];
  if (!isMasked(subnet)) {
    problems.push(`invalid subnet ${formatPrefix(subnet)}: it should be ${formatPrefix(masked(subnet))}`);
  }
  if (IPRange) problems.push(...rangeProblems(IPRange, subnet));
  if (Gateway) {
    const problem = addressProblem(Gateway, subnet);
    if (problem) problems.push(`invalid gateway ${Gateway}: ${problem}`);
  }
  for (const [name, address] of Object.entries(AuxiliaryAddresses ?? {})) {
    const problem = addressProblem(address, subnet);
    if (problem) problems.push(`invalid auxiliary address ${name}: ${problem}`);
  }
  return problems;
}

function rangeProblems(text: string, subnet: Prefix): string[] {
  const range = parsePrefix(text);
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`];
  if (range.address.family !== subnet.address.family) {
    return [`invalid ip-range ${text}: ${otherFamily(subnet)}`];
  }
  const problems: string[] = [];
  if (range.bits < subnet.bits) {
    problems.push(
      `invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${formatPrefix(subnet)}`,
    );
  }
  if (!isMasked(range)) {
    problems.push(`invalid ip-range ${formatPrefix(range)}: it should be ${formatPrefix(masked(range))}`);
  }
  if (!overlaps(subnet, range)) {
    problems.push(`invalid ip-range ${text}: parent subnet ${formatPrefix(subnet)} doesn't contain ip-range`);
  }
  return problems;
}

function addressProblem(text: string, subnet: Prefix): string | undefined {
  if (text === "") return undefined;
  // The text may have an IPv6 zone, but no subnet contains an address with a zone.
  const [, bare, zone] = /^([^%]*)(%.+)?$/s.exec(text) ?? [];
  const address = parseAddress(bare ?? "");
  if (!address || (zone && address.family === 4)) return "invalid address";
  if (address.family !== subnet.address.family) return otherFamily(subnet);
  if (zone || !contains(subnet, address)) {
    return `parent subnet ${formatPrefix(subnet)} doesn't contain this address`;
  }
  return undefined;
}

function otherFamily(subnet: Prefix): string {
  return `parent subnet is an IPv${subnet.address.family} block`;
}
