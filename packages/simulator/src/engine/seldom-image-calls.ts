import type { Images } from "@dryharbor/sdk/port";
import { inspectDistribution } from "../core/images/distribution.js";
import { imageHistory } from "../core/images/history.js";
import { loadImages } from "../core/images/load.js";
import { pruneImages } from "../core/images/prune.js";
import { removeImage } from "../core/images/remove.js";
import { saveImages } from "../core/images/save.js";
import { searchImages } from "../core/images/search.js";
import { inspectImage } from "../core/images/show.js";
import { tarStream, withArchive } from "./archives.js";
import { buildImage } from "./builds/call.js";
import { decompressedImages } from "./decompression.js";
import { filters } from "./filters.js";
import { askedPlatform, inspectedPart } from "./image-platform.js";
import { importFrom } from "./import.js";
import { push } from "./push.js";
import { incoming } from "./received.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";
import { tell, tellOf } from "./told.js";

/** The calls on images that few programs make: files of images, registries beside a pull, their history. */
export type SeldomImageCalls = Pick<
  Images,
  | "build"
  | "history"
  | "inspect"
  | "remove"
  | "prune"
  | "distribution"
  | "push"
  | "import"
  | "load"
  | "save"
  | "search"
>;

/** Makes the calls on images that few programs make. */
export function seldomImageCalls(session: Session): SeldomImageCalls {
  const { daemon } = session;
  return {
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

    load: (archive, options) =>
      session.wait(options, async () => {
        const read = await decompressedImages(daemon.release, incoming(archive));
        // Nobody waits any more for a call that was given up.
        session.admit(options);
        const platform = askedPlatform(session, [options?.platform ?? ""].flat(), "1.48");
        tell(loadImages(daemon, read, platform), options);
      }),

    async save(names, options) {
      session.admit(options);
      if (session.runtime.loadPrograms()) await session.programsLoaded(options);
      const platform = askedPlatform(session, [options?.platform ?? ""].flat(), "1.48");
      return tarStream(session, options, saveImages(daemon, [...names].map(String), platform));
    },

    async search(term, options) {
      session.admit(options);
      session.runtime.loadPrograms();
      return session.call(options, () =>
        searchImages(daemon, String(term), filters(options?.filters), options?.limit),
      );
    },

    build: (context, options) => buildImage(session, context, options),

    history: (image, options) =>
      session.call(options, () => {
        const platform = askedPlatform(session, [options?.platform ?? ""], "1.48");
        return imageHistory(daemon, reference(image), platform);
      }),

    inspect: (image, options) =>
      session.call(options, () => {
        const { platform = "", manifests = false } = options ?? {};
        const part = inspectedPart(session, { platform, manifests });
        return inspectImage(daemon, reference(image), session.apiVersion, part);
      }),

    remove: (image, options) =>
      session.call(options, () => {
        const platforms = (options?.platforms ?? []).flatMap(
          (text) => askedPlatform(session, [text], "1.50") ?? [],
        );
        return removeImage(daemon, reference(image), { force: options?.force ?? false, platforms });
      }),

    prune: (options) => session.call(options, () => pruneImages(daemon, filters(options?.filters))),

    distribution(image, options) {
      session.runtime.loadPrograms();
      return session.call(options, () => inspectDistribution(daemon, reference(image)));
    },
  };
}
