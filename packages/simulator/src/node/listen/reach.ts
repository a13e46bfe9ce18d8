import { UsageError } from "@dryharbor/sdk/port";
import { type Address, hostOf, isLocal } from "./address.js";
import type { Tls } from "./tls.js";

/**
 * @throws {UsageError} other machines can reach the address, and it is not both allowed and guarded by TLS
 */
export function checkReach(
  address: Address,
  { allowRemote, tls }: { readonly allowRemote?: boolean; readonly tls?: Tls },
): void {
  if (isLocal(address) || (allowRemote && tls)) return;
  throw new UsageError(
    `other machines can reach ${hostOf(address)}, and the API lets its clients do anything: listen on 127.0.0.1, ` +
      "or admit only clients that have a certificate, with both --allow-remote and --tlsverify " +
      "(in a program: allowRemote and tls)",
  );
}
