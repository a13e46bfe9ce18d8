import type { Containers } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { createContainer } from "../core/containers/create.js";
import { findContainer } from "../core/containers/find.js";
import { showForClient } from "../core/containers/inspect.js";
import { listContainers } from "../core/containers/list.js";
import { renameContainer } from "../core/containers/rename.js";
import { containerCreate } from "../requests/bodies/containers.js";
import { readValue } from "../requests/body.js";
import { attachable } from "./attach.js";
import { filters } from "./filters.js";
import { readLogs } from "./logs.js";
import { onDemand } from "./on-demand.js";
import { containerReference } from "./reference.js";
import { readTerminalSize, resizeContainer } from "./resize.js";
import type { Session } from "./session.js";
import { waitFor } from "./wait.js";

export function simulatedContainers(session: Session): Containers {
  const { daemon, runtime, apiVersion } = session;
  const find = (ref: string): Container => findContainer(daemon, containerReference(ref));
  const files = onDemand(session, ({ containerFiles }) => containerFiles(session));
  const upkeep = onDemand(session, ({ containerUpkeep }) => containerUpkeep(session));

  return {
    async create(request, options) {
      // A container needs the files of its image, and soon a program.
      runtime.loadPrograms();
      const created = await session.call(options, () => {
        const container = createContainer(
          daemon,
          readValue(daemon.release, containerCreate, request),
          options?.name,
          apiVersion,
          options?.platform,
        );
        const { path, args } = find(container.Id);
        runtime.loadPrograms([path, ...args]);
        return container;
      });
      await runtime.loading;
      return created;
    },

    start: (container, options) =>
      session.publish(
        options,
        () => ({ container: find(container) }),
        () => runtime.start(find(container)),
      ),

    stop: (container, options) =>
      session.wait(options, async () =>
        runtime.stop(find(container), containerReference(container), {
          ...(options?.signal !== undefined && { signal: options.signal }),
          ...(options?.t !== undefined && { timeout: options.t }),
        }),
      ),

    restart: (container, options) =>
      session.wait(options, async () =>
        runtime.restart(find(container), containerReference(container), {
          ...(options?.signal !== undefined && { signal: options.signal }),
          ...(options?.t !== undefined && { timeout: options.t }),
        }),
      ),

    kill: (container, options) =>
      session.call(options, () => runtime.kill(containerReference(container), options?.signal ?? "")),

    pause: (container, options) => session.call(options, () => runtime.pause(find(container))),

    unpause: (container, options) => session.call(options, () => runtime.unpause(find(container))),

    rename: (container, name, options) =>
      session.call(options, () => renameContainer(daemon, containerReference(container), String(name))),

    remove: (container, options) =>
      session.call(options, () => {
        const { force = false, v = false, link = false } = options ?? {};
        runtime.remove(containerReference(container), { force, v, link });
      }),

    wait: (container, options) =>
      session.wait(options, async (onGivenUp) =>
        waitFor(daemon, containerReference(container), options?.condition ?? "", onGivenUp),
      ),

    list: (options) =>
      session.call(options, () => {
        const { all = false, limit = 0, size = false } = options ?? {};
        return listContainers(daemon, { all, limit, size, filters: filters(options?.filters), apiVersion });
      }),

    inspect: (container, options) =>
      session.call(options, () =>
        showForClient(daemon, find(container), { apiVersion, size: options?.size ?? false }),
      ),

    async logs(container, options = {}) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      return readLogs(session, container, options);
    },

    async attach(container, options = {}) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      const { logs = false, stream = true, stdin = true, stdout = true, stderr = true } = options;
      const { detachKeys = "", abortSignal } = options;
      const wanted = { logs, stream, stdin, stdout, stderr, detachKeys };
      return attachable(session, containerReference(container), wanted).open(abortSignal);
    },

    resize: (container, size) =>
      session.call(size, () => resizeContainer(session, find(container), readTerminalSize(daemon, size))),

    update: upkeep((group) => group.update),
    prune: upkeep((group) => group.prune),
    top: upkeep((group) => group.top),
    stats: upkeep((group) => group.stats),
    statsStream: upkeep(({ statsStream }) => statsStream),

    statArchive: files(({ statArchive }) => statArchive),
    getArchive: files(({ getArchive }) => getArchive),
    putArchive: files(({ putArchive }) => putArchive),
    changes: files(({ changes }) => changes),
    export: files((group) => group.export),
    commit: files(({ commit }) => commit),
  };
}
