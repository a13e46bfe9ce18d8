import { engineError } from "@dryharbor/sdk/port";

/** Returns swarmkit's error about an invalid argument. */
export function invalid(why: string): Error {
  return engineError(400, `rpc error: code = InvalidArgument desc = ${why}`);
}

/** Checks a name that becomes part of a host name. @throws 400 */
export function checkComponentName(name: string): void {
  if (!/^[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*$/.test(name)) {
    throw invalid("name must be valid as a DNS name component");
  }
  if (name.length > 63) throw invalid("name must be 63 characters or fewer");
}
