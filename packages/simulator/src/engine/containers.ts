import type { CallOptions, Containers } from "@dryharbor/sdk/port";
import type { Container } from "../core/containers/container.js";
import { createContainer } from "../core/containers/create.js";
import { findContainer } from "../core/containers/find.js";
import { listContainers } from "../core/containers/list.js";
import { pruneContainers } from "../core/containers/prune.js";
import { renameContainer } from "../core/containers/rename.js";
import { showContainer } from "../core/containers/show.js";
import { updateContainer } from "../core/containers/update.js";
import { commitConfig, containerCreate, containerUpdate } from "../requests/bodies/containers.js";
import { readValue } from "../requests/body.js";
import { archivePath, tarStream, withArchive } from "./archives.js";
import { attachable } from "./attach.js";
import { filters } from "./filters.js";
import { readLogs } from "./logs.js";
import { containerReference } from "./reference.js";
import { readTerminalSize, resizeContainer } from "./resize.js";
import { asJson, type Session } from "./session.js";
import { oneStats, statsStream } from "./stats.js";
import { waitFor } from "./wait.js";

/** Loaded with the first call that needs it. */
let seldom: typeof import("../seldom.js") | undefined;

export function simulatedContainers(session: Session): Containers {
  const { daemon, runtime, apiVersion } = session;
  const find = (ref: string): Container => findContainer(daemon, containerReference(ref));
  const loaded = async (options: CallOptions | undefined) => {
    session.admit(options);
    seldom ??= await import("../seldom.js");
    return seldom;
  };

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
      if (runtime.loading) await session.programsLoaded(options);
      return readLogs(session, container, options);
    },

    async top(container, options) {
      const { topOf } = await loaded(options);
      return session.call(options, () => topOf(session, find(container), options?.ps_args ?? ""));
    },

    async attach(container, options = {}) {
      session.admit(options);
      if (runtime.loading) await session.programsLoaded(options);
      const { logs = false, stream = true, stdin = true, stdout = true, stderr = true } = options;
      const { detachKeys = "", abortSignal } = options;
      const wanted = { logs, stream, stdin, stdout, stderr, detachKeys };
      return attachable(session, containerReference(container), wanted).open(abortSignal);
    },

    resize: (container, size) =>
      session.call(size, () => resizeContainer(session, find(container), readTerminalSize(daemon, size))),

    stats: (container, options) =>
      session.call(options, () => oneStats(session, find(container), options?.["one-shot"] ?? false)),

    async statsStream(container, options) {
      session.admit(options);
      if (runtime.loading) await session.programsLoaded(options);
      return statsStream(session, find(container), options?.abortSignal);
    },

    async statArchive(container, path, options) {
      const { statContainerPath } = await loaded(options);
      return session.call(options, () =>
        statContainerPath(daemon, containerReference(container), archivePath(path)),
      );
    },

    async getArchive(container, path, options) {
      const { archiveContainerPath } = await loaded(options);
      if (runtime.loading) await session.programsLoaded(options);
      const { stat, entries } = archiveContainerPath(
        daemon,
        containerReference(container),
        archivePath(path),
      );
      return { stat: asJson(stat), archive: tarStream(session, options, entries) };
    },

    async putArchive(container, path, archive, options) {
      const { extractToContainer } = await loaded(options);
      const { noOverwriteDirNonDir = false, copyUIDGID = false } = options ?? {};
      const how = { noOverwriteDirNonDir, copyUIDGID };
      return withArchive(session, options, archive, (read) =>
        extractToContainer(daemon, containerReference(container), archivePath(path), read, how),
      );
    },

    async changes(container, options) {
      const { containerChanges } = await loaded(options);
      return session.call(options, () => containerChanges(daemon, containerReference(container)));
    },

    async export(container, options) {
      const { exportContainer } = await loaded(options);
      if (runtime.loading) await session.programsLoaded(options);
      return tarStream(session, options, exportContainer(daemon, containerReference(container)));
    },

    async commit(container, config, options) {
      const { commit } = await loaded(options);
      return session.call(options, () => {
        const { repo = "", tag = "", author = "", comment = "", changes = [], pause = true } = options ?? {};
        const given = readValue(daemon.release, commitConfig, config);
        return commit(session, { container, repo, tag, author, comment, changes, pause, config: given });
      });
    },

    update: (container, request, options) =>
      session.call(options, () =>
        updateContainer(
          daemon,
          containerReference(container),
          readValue(daemon.release, containerUpdate, request),
        ),
      ),
  };
}
