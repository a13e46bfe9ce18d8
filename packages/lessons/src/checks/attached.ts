import type { AttachedCheck } from "./check.js";
import { cannotAsk, containerOf, type Finding, held, missing, networkOf, type State } from "./state.js";

/** Judges whether a running container is on a network. */
export function judgeAttached(check: AttachedCheck, state: State): Finding {
  const { container: name, network, address, alias } = check;
  if (!networkOf(state, network)) return missing(`there is no network ${network} yet`);
  const why = cannotAsk(state, name);
  if (why !== undefined) return missing(why);
  const endpoint = containerOf(state, name)!.endpoints.find((each) => each.network === network);
  if (!endpoint) return missing(`${name} is not on ${network}`);
  if (address !== undefined && endpoint.ipv4 !== address && endpoint.ipv6 !== address) {
    return missing(`the address of ${name} on ${network} is ${endpoint.ipv4 ?? "not there"}, not ${address}`);
  }
  if (alias !== undefined && !endpoint.aliases.includes(alias)) {
    return missing(`${name} does not have the alias ${alias} on ${network}`);
  }
  const details = [
    ...(address === undefined ? [] : [`has the address ${address}`]),
    ...(alias === undefined ? [] : [`has the alias ${alias}`]),
  ];
  return held(`${name} ${details.join(" and ") || "is"} on ${network}`);
}
