import type { Images } from "@dryharbor/sdk/port";
import { loadImages } from "../core/images/load.js";
import { saveImages } from "../core/images/save.js";
import { searchImages } from "../core/images/search.js";
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

/** The calls by which images come from files and registries, or go there, beside a pull. */
export type ImageFiles = Pick<Images, "push" | "import" | "load" | "save" | "search">;

/** Makes the calls by which images come from files and registries, or go there. */
export function imageFiles(session: Session): ImageFiles {
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
        const platform = askedPlatform(session, [options?.platform ?? ""], "1.48");
        tell(loadImages(daemon, read, platform), options);
      }),

    async save(names, options) {
      session.admit(options);
      if (session.runtime.loadPrograms()) await session.programsLoaded(options);
      const platform = askedPlatform(session, [options?.platform ?? ""], "1.48");
      return tarStream(session, options, saveImages(daemon, [...names].map(String), platform));
    },

    async search(term, options) {
      session.admit(options);
      session.runtime.loadPrograms();
      return session.call(options, () =>
        searchImages(daemon, String(term), filters(options?.filters), options?.limit),
      );
    },
  };
}
