import { engineError, type VolumeCreateRequest } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { newId } from "../id.js";
import { emitVolumeEvent } from "./events.js";
import { checkOptions } from "./options.js";
import { localDriver, type Volume, volumeFiles } from "./volume.js";

/** The label of anonymous volumes. */
export const anonymousLabel = "com.docker.volume.anonymous";

/**
 * Answers `POST /volumes/create`. A volume without a name gets one. A volume that exists is returned,
 * whatever else the request says.
 *
 * @throws 400, 404
 */
export function createVolume(daemon: Daemon, request: VolumeCreateRequest): Volume {
  const { volumes, release } = daemon;
  const anonymous = !request.Name;
  const name = request.Name || newId(daemon.random);
  const existing = volumes.get(name);
  checkDriver(name, request.Driver ?? "");
  if (existing) {
    if (release.volumes.tellsOfEveryCreate) emitVolumeEvent(daemon, name, "create");
    return existing;
  }
  checkName(name);
  const options = request.DriverOpts ?? null;
  checkOptions(daemon, name, options ?? {});
  const labels = request.Labels ?? null;
  const volume: Volume = {
    name,
    created: daemon.clock.now(),
    labels: anonymous && release.volumes.labelsAnonymous ? { ...labels, [anonymousLabel]: "" } : labels,
    options,
    holders: new Set(),
    files: volumeFiles(),
  };
  volumes.set(name, volume);
  emitVolumeEvent(daemon, name, "create");
  return volume;
}

function checkDriver(name: string, driver: string): void {
  if (driver === "" || driver === localDriver) return;
  const quoted = JSON.stringify(driver);
  throw engineError(
    404,
    `create ${name}: error looking up volume plugin ${driver}: plugin ${quoted} not found`,
  );
}

function checkName(name: string): void {
  if (name.length === 1) {
    throw engineError(
      400,
      `create ${name}: volume name is too short, names should be at least two alphanumeric characters`,
    );
  }
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) {
    throw engineError(
      400,
      `create ${name}: ${JSON.stringify(name)} includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
    );
  }
}
