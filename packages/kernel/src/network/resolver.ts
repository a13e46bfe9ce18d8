// How names become addresses. That is no matter of the kernel's: each process brings a C library that does it. So whoever
// sets a process up says how, and the kernel passes questions on.
import type { ProcessContext } from "../processes/program.js";
import { formatAddress } from "./address.js";
import { LookupError } from "./lookup-error.js";
import { readNumericHost } from "./numeric-host.js";

/** What a lookup knows of a host. */
export interface HostEntry {
  /** The canonical name. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** At least one address, in the order in which they should be tried. */
  readonly addresses: readonly string[];
}

/** Options of a lookup. */
export interface LookupOptions {
  /** Of which family the addresses shall be. Default: both. */
  readonly family?: 4 | 6 | undefined;
  /** Whether only families count of which the network namespace has an address (`AI_ADDRCONFIG`). Default: false. */
  readonly onlyConfigured?: boolean;
  /** Where to look, in this order: in `/etc/hosts`, and with name servers. Default: both. */
  readonly sources?: readonly ("files" | "dns")[];
}

/** What a look-up uses of the process that asks. */
export type LookupProcess = Pick<ProcessContext, "files" | "hostname" | "network" | "now">;

/** A C library's way to look names up. */
export interface Resolver {
  /** The implementation of `ProcessContext.lookup`. @throws {LookupError} */
  lookUp(process: LookupProcess, name: string, options: LookupOptions): Promise<HostEntry>;
  /** The implementation of `ProcessContext.reverse`. */
  reverse(process: LookupProcess, address: string): Promise<HostEntry | undefined>;
}

/** A resolver of processes that have no C library: it knows addresses, and no name. */
export const numericResolver: Resolver = {
  async lookUp(_, name, { family }) {
    const address = readNumericHost(name);
    if (!address) throw new LookupError("EAI_AGAIN");
    if (family !== undefined && family !== address.family) throw new LookupError("EAI_ADDRFAMILY");
    return { name, aliases: [], addresses: [formatAddress(address)] };
  },
  async reverse() {
    return undefined;
  },
};
