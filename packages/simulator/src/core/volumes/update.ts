import { engineError } from "@dryharbor/sdk/port";

/** `PUT /volumes/{name}`: there is no volume of a swarm's own. @throws 503 */
export function updateVolume(): never {
  throw engineError(503, "volume update only valid for cluster volumes, but swarm is unavailable");
}
