import {
  type Address,
  contains,
  formatAddress,
  formatPrefix,
  isMasked,
  masked,
  overlaps,
  type Prefix,
  parseAddress,
  parseCIDR,
  parseIP,
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
  const { parsesConfig, validatesConfigFirst } = release.ipam;
  const entries = (config ?? []).map(withoutEmpty);
  const parsed = parsesConfig ? entries.map(inGosForm) : entries;
  if (validatesConfigFirst) {
    const problems = parsed.flatMap((entry) => poolProblems(release, entry, enableIPv6));
    if (problems.length > 0) throw engineError(400, `invalid network config:\n${problemList(problems)}`);
  }
  const v4: IPAMPoolConfig[] = [];
  const v6: IPAMPoolConfig[] = [];
  for (const entry of parsesConfig ? parsed.map(asKept) : entries) {
    const subnet = parseCIDR(entry.Subnet ?? "");
    if (!subnet && !parsesConfig) throw engineError(500, badSubnet(entry.Subnet ?? ""));
    (subnet?.address.family === 4 ? v4 : v6).push(entry);
  }
  return { v4, v6 };
}

/** Returns an entry with its subnets and addresses as Go writes them. What is not one was refused before. */
function inGosForm(entry: IPAMPoolConfig): IPAMPoolConfig {
  return withForms(entry, parsePrefix, parseAddress);
}

/** Returns an entry as 29 keeps it: without host bits, and with IPv4-mapped subnets and addresses as IPv4. */
function asKept(entry: IPAMPoolConfig): IPAMPoolConfig {
  const block = (text: string) => {
    const prefix = parseCIDR(text);
    return prefix && masked(prefix);
  };
  return withForms(entry, block, parseIP, "invalid IP");
}

function withForms(
  { Subnet, IPRange, Gateway, AuxiliaryAddresses }: IPAMPoolConfig,
  readBlock: (text: string) => Prefix | undefined,
  readAddress: (text: string) => Address | undefined,
  /** What stands for an auxiliary address that is empty. */
  none = "",
): IPAMPoolConfig {
  const block = (text: string) => {
    const prefix = readBlock(text);
    return prefix ? formatPrefix(prefix) : text;
  };
  const address = (text: string) => {
    const read = readAddress(text);
    return read ? formatAddress(read) : text || none;
  };
  return {
    ...(Subnet && { Subnet: block(Subnet) }),
    ...(IPRange && { IPRange: block(IPRange) }),
    ...(Gateway && { Gateway: address(Gateway) }),
    ...(AuxiliaryAddresses && {
      AuxiliaryAddresses: Object.fromEntries(
        Object.entries(AuxiliaryAddresses).map(([name, text]) => [name, address(text)]),
      ),
    }),
  };
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

function poolProblems({ ipam }: Release, entry: IPAMPoolConfig, enableIPv6: boolean): string[] {
  const { Subnet = "", IPRange, Gateway, AuxiliaryAddresses } = entry;
  const subnet = parsePrefix(Subnet);
  if (!subnet && !ipam.parsesConfig) return [`invalid subnet ${Subnet}: invalid CIDR block notation`];
  if (subnet?.address.family === 6 && !enableIPv6) return [];
  const problems: string[] = [];
  if (subnet && !isMasked(subnet)) {
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

/** The subnet of an entry. Where it has none, 29 compares with a block of IPv4 that contains nothing. */
type Parent = Prefix | undefined;

function rangeProblems(text: string, subnet: Parent): string[] {
  const range = parsePrefix(text);
  if (!range) return [`invalid ip-range ${text}: invalid CIDR block notation`];
  if (range.address.family !== familyOf(subnet)) {
    return [`invalid ip-range ${text}: ${otherFamily(subnet)}`];
  }
  const problems: string[] = [];
  if (subnet && range.bits < subnet.bits) {
    problems.push(`invalid ip-range ${text}: CIDR block is bigger than its parent subnet ${nameOf(subnet)}`);
  }
  if (!isMasked(range)) {
    problems.push(`invalid ip-range ${formatPrefix(range)}: it should be ${formatPrefix(masked(range))}`);
  }
  if (!subnet || !overlaps(subnet, range)) {
    problems.push(`invalid ip-range ${text}: parent subnet ${nameOf(subnet)} doesn't contain ip-range`);
  }
  return problems;
}

function addressProblem(text: string, subnet: Parent): string | undefined {
  if (text === "") return undefined;
  // The text may have an IPv6 zone, but no subnet contains an address with a zone.
  const [, bare, zone] = /^([^%]*)(%.+)?$/s.exec(text) ?? [];
  const address = parseAddress(bare ?? "");
  if (!address || (zone && address.family === 4)) return "invalid address";
  if (address.family !== familyOf(subnet)) return otherFamily(subnet);
  if (zone || !subnet || !contains(subnet, address)) {
    return `parent subnet ${nameOf(subnet)} doesn't contain this address`;
  }
  return undefined;
}

function otherFamily(subnet: Parent): string {
  return `parent subnet is an IPv${familyOf(subnet)} block`;
}

function familyOf(subnet: Parent): 4 | 6 {
  return subnet?.address.family ?? 4;
}

function nameOf(subnet: Parent): string {
  return subnet ? formatPrefix(subnet) : "invalid Prefix";
}
