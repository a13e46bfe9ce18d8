import { engineError, type Volumes } from "@dryharbor/sdk/port";
import { createVolume } from "../core/volumes/create.js";
import { findVolume } from "../core/volumes/find.js";
import { listVolumes } from "../core/volumes/list.js";
import { pruneVolumes } from "../core/volumes/prune.js";
import { removeVolume } from "../core/volumes/remove.js";
import { showVolume } from "../core/volumes/show.js";
import { updateVolume } from "../core/volumes/update.js";
import { volumeCreate } from "../requests/bodies/volumes.js";
import { readValue } from "../requests/body.js";
import { filters } from "./filters.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedVolumes(session: Session): Volumes {
  const { daemon, apiVersion } = session;
  return {
    create: (request, options) =>
      session.call(options, () =>
        showVolume(daemon, createVolume(daemon, readValue(daemon.release, volumeCreate, request))),
      ),

    list: (options) => session.call(options, () => listVolumes(daemon, filters(options?.filters))),

    inspect: (volume, options) =>
      session.call(options, () => showVolume(daemon, findVolume(daemon, reference(volume)))),

    update: (volume, _request, options) =>
      session.call(options, () => {
        reference(volume);
        if (!daemon.release.volumes.knowsClusterVolumes) throw engineError(404, "page not found");
        updateVolume();
      }),

    remove: (volume, options) =>
      session.call(options, () =>
        removeVolume(daemon, reference(volume), { force: options?.force ?? false }),
      ),

    prune: (options) =>
      session.call(options, () => pruneVolumes(daemon, filters(options?.filters), apiVersion)),
  };
}
