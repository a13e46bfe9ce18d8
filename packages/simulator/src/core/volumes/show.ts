import type { Volume as Shown } from "@dryharbor/sdk/port";
import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { localDriver, type Volume } from "./volume.js";

/** Returns a volume as the API shows it. */
export function showVolume(daemon: Daemon, volume: Volume): Shown {
  return {
    // Whole seconds.
    CreatedAt: new Date(unixSeconds(volume.created) * 1000).toISOString().replace(/\.\d+/, ""),
    Driver: localDriver,
    Labels: volume.labels && sortedByKey(volume.labels),
    Mountpoint: mountpoint(daemon, volume.name),
    Name: volume.name,
    Options: volume.options && sortedByKey(volume.options),
    Scope: "local",
  };
}

/** Returns the directory of a volume on the host. */
export function mountpoint({ settings }: Daemon, name: string): string {
  return `${settings.dataRoot}/volumes/${name}/_data`;
}
