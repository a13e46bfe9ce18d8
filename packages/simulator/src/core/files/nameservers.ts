import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { addressProblem } from "../ipam/address-problem.js";

/** Why no resolv.conf can be made, and so no namespace; `undefined` where it can. */
export function nameserverProblem({ release }: Daemon, { hostConfig }: Container): string | undefined {
  if (!release.dns.readsNameservers) return undefined;
  for (const address of hostConfig.Dns ?? []) {
    const problem = addressProblem(address);
    if (problem !== undefined) return `bad nameserver address ${address}: ${problem}`;
  }
  return undefined;
}

/** @throws 500 for a server that is no address */
export function checkNameservers(daemon: Daemon, container: Container): void {
  const problem = nameserverProblem(daemon, container);
  if (problem !== undefined) throw engineError(500, problem);
}
