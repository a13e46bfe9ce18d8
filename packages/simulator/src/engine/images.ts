import { type Images, pulledReference } from "@dryharbor/sdk/port";
import { inspectDistribution } from "../core/images/distribution.js";
import { imageHistory } from "../core/images/history.js";
import { listImages } from "../core/images/list.js";
import { pruneImages } from "../core/images/prune.js";
import { pullImage } from "../core/images/pull.js";
import { removeImage } from "../core/images/remove.js";
import { inspectImage } from "../core/images/show.js";
import { tagImage } from "../core/images/tag.js";
import { filters } from "./filters.js";
import { onDemand } from "./on-demand.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";
import { tellOf } from "./told.js";
import { unservedError } from "./unserved.js";

export function simulatedImages(session: Session): Images {
  const { daemon, apiVersion } = session;
  const files = onDemand(({ imageFiles }) => imageFiles(session));
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

    push: files(({ push }) => push),
    import: files((group) => group.import),
    load: files(({ load }) => load),
    save: files(({ save }) => save),
    search: files(({ search }) => search),

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

    distribution(image, options) {
      session.runtime.loadPrograms();
      return session.call(options, () => inspectDistribution(daemon, reference(image)));
    },
  };
}
