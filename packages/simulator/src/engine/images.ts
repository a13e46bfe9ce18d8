import { type Images, pulledReference } from "@dryharbor/sdk/port";
import { inspectDistribution } from "../core/images/distribution.js";
import { imageHistory } from "../core/images/history.js";
import { listImages } from "../core/images/list.js";
import { pruneImages } from "../core/images/prune.js";
import { pullImage } from "../core/images/pull.js";
import { removeImage } from "../core/images/remove.js";
import { inspectImage } from "../core/images/show.js";
import { tagImage } from "../core/images/tag.js";
import { tarStream, withArchive } from "./archives.js";
import { decompressedImages } from "./decompression.js";
import { filters } from "./filters.js";
import { askedPlatform } from "./image-platform.js";
import { importFrom } from "./import.js";
import { push } from "./push.js";
import { incoming } from "./received.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";
import { tell, tellOf } from "./told.js";
import { unservedError } from "./unserved.js";

/** Loaded with the first call that needs it. */
let seldom: typeof import("../seldom.js") | undefined;

export function simulatedImages(session: Session): Images {
  const { daemon, apiVersion } = session;
  return {
    list: (options) =>
      session.call(options, () =>
        listImages(daemon, filters(options?.filters), apiVersion, {
          all: options?.all ?? false,
          sharedSize: options?.["shared-size"] ?? false,
        }),
      ),

    inspect: (image, options) =>
      session.call(options, () => inspectImage(daemon, reference(image), apiVersion)),

    history: (image, options) => session.call(options, () => imageHistory(daemon, reference(image))),

    pull(image, options) {
      session.runtime.loadPrograms();
      return tellOf(session, options, () => {
        const { fromImage: name, tag } = pulledReference(String(image));
        return pullImage(daemon, { name, tag, platform: options?.platform ?? "" }, apiVersion);
      });
    },

    push: (image, options) =>
      tellOf(session, options, () =>
        push(session, reference(image), { tag: options?.tag ?? "", platform: options?.platform ?? "" }),
      ),

    async import(archive, options = {}) {
      tell(
        await withArchive(session, options, archive, (read) => importFrom(session, read, options)),
        options,
      );
    },

    async load(archive, options) {
      session.admit(options);
      seldom ??= await import("../seldom.js");
      const { loadImages } = seldom;
      await session.wait(options, async () => {
        const read = await decompressedImages(daemon.release, incoming(archive));
        // Nobody waits any more for a call that was given up.
        session.admit(options);
        const platform = askedPlatform(session, [options?.platform ?? ""], "1.48");
        tell(loadImages(daemon, read, platform), options);
      });
    },

    async save(names, options) {
      session.admit(options);
      if (session.runtime.loadPrograms()) await session.programsLoaded(options);
      seldom ??= await import("../seldom.js");
      const platform = askedPlatform(session, [options?.platform ?? ""], "1.48");
      return tarStream(session, options, seldom.saveImages(daemon, [...names].map(String), platform));
    },

    build: (_context, options) =>
      session.call(options, () => {
        throw unservedError("POST /build");
      }),

    remove: (image, options) =>
      session.call(options, () => removeImage(daemon, reference(image), { force: options?.force ?? false })),

    tag: (image, { repo, tag = "", ...options }) =>
      session.call(options, () => {
        tagImage(daemon, reference(image), { repo, tag });
      }),

    prune: (options) => session.call(options, () => pruneImages(daemon, filters(options?.filters))),

    async search(term, options) {
      session.admit(options);
      session.runtime.loadPrograms();
      seldom ??= await import("../seldom.js");
      const { searchImages } = seldom;
      return session.call(options, () =>
        searchImages(daemon, String(term), filters(options?.filters), options?.limit),
      );
    },

    distribution(image, options) {
      session.runtime.loadPrograms();
      return session.call(options, () => inspectDistribution(daemon, reference(image)));
    },
  };
}
