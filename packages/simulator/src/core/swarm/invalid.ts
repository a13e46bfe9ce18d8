import { engineError } from "@dryharbor/sdk/port";

/** What swarmkit does not take, in its words. */
export function invalid(why: string): Error {
  return engineError(400, `rpc error: code = InvalidArgument desc = ${why}`);
}

/** Checks a name that is to be a part of a host's. @throws 400 */
export function checkComponentName(name: string): void {
  if (!/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(name)) {
    throw invalid("name must be valid as a DNS name component");
  }
  if (name.length > 63) throw invalid("name must be 63 characters or fewer");
}
