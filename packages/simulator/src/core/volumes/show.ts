import type { Volume as Shown } from "@dryharbor/sdk/port";
import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { sortedByKey } from "../go-order.js";
import { localDriver, type Volume } from "./volume.js";

/** A volume as the API shows it. */
export function showVolume(daemon: Daemon, volume: Volume): Shown {
  return {
    // Without fractions of a second.
    CreatedAt: new Date(unixSeconds(volume.created) * 1000).toISOString().replace(/\.\d+/, ""),
    Driver: localDriver,
    Labels: volume.labels && sortedByKey(volume.labels),
    Mountpoint: mountpoint(daemon, volume.name),
    Name: volume.name,
    Options: volume.options && sortedByKey(volume.options),
    Scope: "local",
  };
}

/** Where on the host a volume of that name is. */
export function mountpoint({ settings }: Daemon, name: string): string {
  return `${settings.dataRoot}/volumes/${name}/_data`;
}
