import type { Containers } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { createContainer } from "../core/containers/create.js";
import { findContainer } from "../core/containers/find.js";
import { listContainers } from "../core/containers/list.js";
import { pruneContainers } from "../core/containers/prune.js";
import { renameContainer } from "../core/containers/rename.js";
import { showContainer } from "../core/containers/show.js";
import { containerCreate } from "../requests/bodies/containers.js";
import { readValue } from "../requests/body.js";
import { filters } from "./filters.js";
import { readLogs } from "./logs.js";
import { containerReference } from "./reference.js";
import type { Session } from "./session.js";
import { topOf } from "./top.js";
import { waitFor } from "./wait.js";

export function simulatedContainers(session: Session): Containers {
  const { daemon, runtime, apiVersion } = session;
  const find = (ref: string): Container => findContainer(daemon, containerReference(ref));

  return {
    create: (request, options) =>
      session.call(options, () =>
        createContainer(
          daemon,
          readValue(daemon.release, containerCreate, request),
          options?.name,
          apiVersion,
        ),
      ),

    start: (container, options) => session.call(options, () => runtime.start(find(container))),

    stop: (container, options) =>
      session.wait(options, async () =>
        runtime.stop(find(container), containerReference(container), {
          ...(options?.signalName !== undefined && { signal: options.signalName }),
          ...(options?.t !== undefined && { timeout: options.t }),
        }),
      ),

    restart: (container, options) =>
      session.wait(options, async () =>
        runtime.restart(find(container), containerReference(container), {
          ...(options?.t !== undefined && { timeout: options.t }),
        }),
      ),

    kill: (container, options) =>
      session.call(options, () => runtime.kill(containerReference(container), options?.signalName ?? "")),

    pause: (container, options) => session.call(options, () => runtime.pause(find(container))),

    unpause: (container, options) => session.call(options, () => runtime.unpause(find(container))),

    rename: (container, name, options) =>
      session.call(options, () => renameContainer(daemon, containerReference(container), String(name))),

    remove: (container, options) =>
      session.call(options, () => {
        const { force = false, v = false, link = false } = options ?? {};
        runtime.remove(containerReference(container), { force, v, link });
      }),

    prune: (options) => session.call(options, () => pruneContainers(daemon, filters(options?.filters))),

    wait: (container, options) =>
      session.wait(options, async (onGivenUp) =>
        waitFor(daemon, containerReference(container), options?.condition ?? "", onGivenUp),
      ),

    list: (options) =>
      session.call(options, () => {
        const { all = false, limit = 0, size = false } = options ?? {};
        return listContainers(daemon, { all, limit, size, filters: filters(options?.filters) });
      }),

    inspect: (container, options) =>
      session.call(options, () =>
        showContainer(daemon, find(container), { apiVersion, size: options?.size ?? false }),
      ),

    async logs(container, options = {}) {
      session.admit(options);
      return readLogs(session, container, options);
    },

    top: (container, options) =>
      session.call(options, () => topOf(session, find(container), options?.psArgs ?? "")),
  };
}
