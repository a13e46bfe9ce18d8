import { engineError } from "@dryharbor/sdk/port";

/** Answers `PUT /volumes/{name}`. The simulator has no cluster volumes. @throws 503 */
export function updateVolume(): never {
  throw engineError(503, "volume update only valid for cluster volumes, but swarm is unavailable");
}
