import { addressProblem } from "@dryharbor/kernel/host";
import { engineError } from "@dryharbor/sdk/port";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { quotedText } from "../quote.js";

/**
 * Returns why the engine cannot write a container's resolv.conf, or `undefined` when it can. Without that
 * file, it makes no network namespace.
 */
export function nameserverProblem({ release }: Daemon, { hostConfig }: Container): string | undefined {
  if (!release.dns.readsNameservers) return undefined;
  for (const address of hostConfig.Dns ?? []) {
    const problem = addressProblem(address, quotedText);
    if (problem !== undefined) return `bad nameserver address ${address}: ${problem}`;
  }
  return undefined;
}

/** Checks the nameservers that a container asks for. @throws 500 for a server that is no address */
export function checkNameservers(daemon: Daemon, container: Container): void {
  const problem = nameserverProblem(daemon, container);
  if (problem !== undefined) throw engineError(500, problem);
}
