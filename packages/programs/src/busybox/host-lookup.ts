import { LookupError, type ProcessContext } from "@dryharbor/kernel";
import { Died } from "./applet.js";

/**
 * Looks up the first address of a host.
 *
 * @param code the exit code when there is none
 * @throws {Died} the host has no address of the family
 */
export async function addressOf(
  process: ProcessContext,
  host: string,
  family?: 4 | 6,
  code = 1,
): Promise<string> {
  try {
    const { addresses } = await process.lookup(host, family);
    return addresses[0] as string;
  } catch (error) {
    if (!(error instanceof LookupError)) throw error;
    throw new Died(`bad address '${host}'`, code);
  }
}

/** Returns the family of an address as text. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(":") ? 6 : 4;
}
