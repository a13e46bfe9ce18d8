import {
  containsText,
  formatAddress,
  isUnspecified,
  type Prefix,
  parseCIDR,
  parseIP,
} from "@dryharbor/kernel/host";
import {
  type EndpointConfig,
  type EndpointIPAMConfig,
  engineError,
  type IPAMPoolConfig,
} from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { isMac } from "./mac.js";
import type { NetworkPools, Pool } from "./pool.js";
import { problemList } from "./problem-list.js";

/** What the checks of an endpoint's settings need to know of its network. */
export interface EndpointNetwork {
  /** `IPAM.Config` as inspect shows it. */
  readonly config: readonly IPAMPoolConfig[] | null;
  readonly pools: NetworkPools;
}

/** One entry of a container create's `EndpointsConfig`. */
export interface NamedEndpoint {
  readonly networkName: string;
  /** The settings; `null` where the request says `null`. */
  readonly settings: EndpointConfig | null;
  /** Whether the name is none of `default`, `bridge`, `host` and `none`. */
  readonly userDefined: boolean;
  /** `undefined` when there is no network of that name. One may be created before the container starts. */
  readonly network: EndpointNetwork | undefined;
}

/**
 * Checks an endpoint's settings on connect, also to a stopped container, and again on start: they must make
 * sense and fit the network.
 *
 * @param userDefined whether the network is none of the predefined ones
 * @throws 400
 */
export function validateEndpoint(
  release: Release,
  settings: EndpointConfig,
  userDefined: boolean,
  network: EndpointNetwork,
): void {
  const problem = release.ipam.validatesEndpointFirst
    ? endpointProblem(release, settings, userDefined, network)
    : looseEndpointProblem(release, settings, userDefined, network);
  if (problem) throw engineError(400, problem);
}

/**
 * Checks the endpoints' settings on container create. 20.10 checks only the form of the addresses. Later
 * releases make the checks of a connect, and name the network in their message.
 *
 * @throws 400
 */
export function validateEndpointsOnCreate(release: Release, endpoints: readonly NamedEndpoint[]): void {
  if (!release.ipam.validatesEndpointFirst) {
    looseCreateChecks(endpoints);
    return;
  }
  const problems: string[] = [];
  for (const { networkName, settings, userDefined, network } of endpoints) {
    const problem = settings
      ? endpointProblem(release, settings, userDefined, network)
      : "EndpointsConfig is nil";
    if (problem) problems.push(`invalid config for network ${networkName}: ${problem}`);
  }
  if (problems.length > 0) throw engineError(400, problemList(problems));
}

const onConfiguredSubnetOnly =
  "user specified IP address is supported only when connecting to networks with user configured subnets";

/** Returns the problems that 26.1 and later report, in one text, or `undefined`. */
function endpointProblem(
  release: Release,
  settings: EndpointConfig,
  userDefined: boolean,
  network: EndpointNetwork | undefined,
): string | undefined {
  const ipam = settings.IPAMConfig ?? {};
  const { IPv4Address = "", IPv6Address = "", LinkLocalIPs } = ipam;
  const problems: string[] = [];
  const { addressOfPredefined, aliasOfPredefined } = release.ipam.endpointWords;
  if (!userDefined && (IPv4Address || IPv6Address)) problems.push(addressOfPredefined);
  if (!userDefined && (settings.Aliases ?? []).length > 0) problems.push(aliasOfPredefined);
  if (IPv4Address && !isHostAddress(IPv4Address, 4)) problems.push(`invalid IPv4 address: ${IPv4Address}`);
  if (IPv6Address && !isHostAddress(IPv6Address, 6)) problems.push(`invalid IPv6 address: ${IPv6Address}`);
  for (const ip of LinkLocalIPs ?? []) {
    if (!isHostAddress(ip)) problems.push(`invalid link-local IP address: ${ip}`);
  }
  if (network) {
    problems.push(...placesProblems(release, network, IPv4Address, IPv6Address));
  }
  if (settings.MacAddress && !isMac(settings.MacAddress)) return `invalid MAC address ${settings.MacAddress}`;
  if (release.ipam.validatesEndpointSysctls) problems.push(...sysctlProblems(settings.DriverOpts ?? {}));
  return problems.length > 0 ? `invalid endpoint settings:\n${problemList(problems)}` : undefined;
}

function isHostAddress(text: string, family?: 4 | 6): boolean {
  const address = parseIP(text);
  return address !== undefined && !isUnspecified(address) && (!family || address.family === family);
}

function placesProblems(
  { ipam }: Release,
  network: EndpointNetwork,
  IPv4Address: string,
  IPv6Address: string,
): string[] {
  if (ipam.takesAddressOfPickedPool) {
    const { v4, v6 } = network.pools;
    return [...poolProblems(IPv4Address, v4), ...poolProblems(IPv6Address, v6)];
  }
  const subnets = configuredSubnets(network);
  return [...placeProblems(IPv4Address, subnets.v4), ...placeProblems(IPv6Address, subnets.v6)];
}

function poolProblems(text: string, pools: readonly Pool[]): string[] {
  if (!text || pools.some(({ subnet }) => containsText(subnet, text))) return [];
  const address = parseIP(text);
  return [`no configured subnet contains IP address ${address ? formatAddress(address) : text}`];
}

function placeProblems(address: string, subnets: readonly Prefix[]): string[] {
  if (!address || subnets.some((subnet) => containsText(subnet, address))) return [];
  if (subnets.length === 0) return [onConfiguredSubnetOnly];
  return [`no configured subnet or ip-range contain the IP address ${address}`];
}

function sysctlProblems(driverOpts: Record<string, string>): string[] {
  const sysctls = driverOpts["com.docker.network.endpoint.sysctls"];
  if (sysctls === undefined) return [];
  return sysctls
    .split(",")
    .filter((sysctl) => !/^[^.]*\.(ipv4|ipv6|mpls)\.[^.]*\.(IFNAME|ifname)\./s.test(sysctl))
    .map(
      (sysctl) =>
        `unrecognised network interface sysctl '${sysctl}'; represent 'net.X.Y.ethN.Z=V' as 'net.X.Y.IFNAME.Z=V', 'X' must be 'ipv4', 'ipv6' or 'mpls'`,
    );
}

/**
 * Returns the problem that 20.10 reports on connect and start, or `undefined`. It reports only the first one,
 * and does not check whether addresses are addresses.
 */
function looseEndpointProblem(
  { ipam }: Release,
  settings: EndpointConfig,
  userDefined: boolean,
  network: EndpointNetwork,
): string | undefined {
  const { IPv4Address, IPv6Address }: EndpointIPAMConfig = settings.IPAMConfig ?? {};
  const { addressOfPredefined, aliasOfPredefined } = ipam.endpointWords;
  if (!userDefined && (IPv4Address || IPv6Address)) return addressOfPredefined;
  if (!userDefined && (settings.Aliases ?? []).length > 0) return aliasOfPredefined;
  const subnets = configuredSubnets(network);
  const misplaced = (IPv4Address && subnets.v4.length === 0) || (IPv6Address && subnets.v6.length === 0);
  return misplaced ? onConfiguredSubnetOnly : undefined;
}

/** Makes the checks of 20.10 on create. @throws 400 */
function looseCreateChecks(endpoints: readonly NamedEndpoint[]): void {
  if (endpoints.length > 1) {
    const names = endpoints.map((endpoint) => endpoint.networkName).join(", ");
    throw engineError(400, `Container cannot be connected to network endpoints: ${names}`);
  }
  for (const { networkName, settings } of endpoints) {
    if (!settings) throw engineError(400, `no EndpointSettings for ${networkName}`);
    const { IPv4Address, IPv6Address }: EndpointIPAMConfig = settings.IPAMConfig ?? {};
    if (IPv4Address && parseIP(IPv4Address)?.family !== 4) {
      throw engineError(400, `invalid IPv4 address: ${IPv4Address}`);
    }
    if (IPv6Address && parseIP(IPv6Address)?.family !== 6) {
      throw engineError(400, `invalid IPv6 address: ${IPv6Address}`);
    }
  }
}

/**
 * Lists the subnets that were given for the network. Those that the engine picked are shown, too, but do not
 * count.
 */
function configuredSubnets({ config, pools }: EndpointNetwork): { v4: Prefix[]; v6: Prefix[] } {
  const shown = (config ?? [])
    .map((entry) => parseCIDR(entry.Subnet ?? ""))
    .filter((subnet) => subnet !== undefined);
  const asked = (family: 4 | 6, taken: readonly Pool[]) =>
    taken.some((pool) => pool.automatic) ? [] : shown.filter((subnet) => subnet.address.family === family);
  return { v4: asked(4, pools.v4), v6: asked(6, pools.v6) };
}
