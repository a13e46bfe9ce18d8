import { engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import type { Volume } from "./volume.js";

/** Returns the volume of this name. @throws 404 */
export function findVolume({ volumes, touched }: Daemon, name: string): Volume {
  const volume = volumes.get(name);
  if (!volume) throw engineError(404, `get${name === "" ? "" : ` ${name}`}: no such volume`);
  touched?.volumes.add(name);
  return volume;
}
