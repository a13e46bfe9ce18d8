import type { NetworkCheck } from "./check.js";
import { type Finding, held, missing, networkOf, type State } from "./state.js";

/** Judges whether there is a network, and whether it is as it should be. */
export function judgeNetwork(check: NetworkCheck, state: State): Finding {
  const { name, driver, internal, ipv6, subnet } = check;
  const network = networkOf(state, name);
  if (!network) return missing(`there is no network ${name} yet`);
  if (driver !== undefined && network.driver !== driver) {
    return missing(`${name} is a network of the driver ${network.driver}, not of ${driver}`);
  }
  if (internal !== undefined && network.internal !== internal) {
    return missing(internal ? `${name} is not internal` : `${name} is internal`);
  }
  const subnets = network.subnets.map((each) => each.subnet);
  if (ipv6 !== undefined && subnets.some((each) => each.includes(":")) !== ipv6) {
    return missing(ipv6 ? `${name} has no IPv6 subnet` : `${name} has an IPv6 subnet`);
  }
  if (subnet !== undefined && !subnets.includes(subnet)) {
    return missing(`the subnet of ${name} is ${subnets.join(" and ") || "not there"}, not ${subnet}`);
  }
  const traits = [internal && "internal", ipv6 && "IPv6"].filter(Boolean).join(" ");
  const details = subnet === undefined ? "" : ` with the subnet ${subnet}`;
  return held(
    `there is ${/^[aeiI]/.test(traits) ? "an" : "a"} ${traits && `${traits} `}network ${name}${details}`,
  );
}
