import { engineError } from "@dryharbor/sdk/port";

/** What is said of a route that a real engine has and the simulator does not. */
export function unservedError(route: string): Error {
  return engineError(501, `the simulator does not serve ${route}`);
}
