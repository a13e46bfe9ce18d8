import type { Containers } from "@dryharbor/sdk/port";
import {
  archiveContainerPath,
  containerChanges,
  exportContainer,
  extractToContainer,
  statContainerPath,
} from "../core/containers/archive.js";
import { commitConfig } from "../requests/bodies/containers.js";
import { readValue } from "../requests/body.js";
import { archivePath, tarStream, withArchive } from "./archives.js";
import { commit } from "./commit.js";
import { containerReference } from "./reference.js";
import { asJson, type Session } from "./session.js";

/** The calls that read and write the files of a container. */
export type ContainerFiles = Pick<
  Containers,
  "statArchive" | "getArchive" | "putArchive" | "changes" | "export" | "commit"
>;

/** Makes the calls that read and write the files of a container. */
export function containerFiles(session: Session): ContainerFiles {
  const { daemon } = session;
  return {
    statArchive: (container, path, options) =>
      session.call(options, () =>
        statContainerPath(daemon, containerReference(container), archivePath(daemon.release, path)),
      ),

    async getArchive(container, path, options) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      const { stat, entries } = archiveContainerPath(
        daemon,
        containerReference(container),
        archivePath(daemon.release, path),
      );
      return { stat: asJson(stat), archive: tarStream(session, options, entries) };
    },

    putArchive(container, path, archive, options) {
      const { noOverwriteDirNonDir = false, copyUIDGID = false } = options ?? {};
      const how = { noOverwriteDirNonDir, copyUIDGID };
      return withArchive(session, options, archive, (read) =>
        extractToContainer(
          daemon,
          containerReference(container),
          archivePath(daemon.release, path),
          read,
          how,
        ),
      );
    },

    changes: (container, options) =>
      session.call(options, () => containerChanges(daemon, containerReference(container))),

    async export(container, options) {
      session.admit(options);
      if (session.loading) await session.programsLoaded(options);
      return tarStream(session, options, exportContainer(daemon, containerReference(container)));
    },

    commit: (container, config, options) =>
      session.call(options, () => {
        const { repo = "", tag = "", author = "", comment = "", changes = [], pause = true } = options ?? {};
        const given = readValue(daemon.release, commitConfig, config);
        return commit(session, { container, repo, tag, author, comment, changes, pause, config: given });
      }),
  };
}
