import { type Images, pulledReference } from "@dryharbor/sdk/port";
import { listImages } from "../core/images/list.js";
import { pullImage } from "../core/images/pull.js";
import { removeImage } from "../core/images/remove.js";
import { inspectImage } from "../core/images/show.js";
import { tagImage } from "../core/images/tag.js";
import { filters } from "./filters.js";
import { onDemand } from "./on-demand.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";
import { tellOf } from "./told.js";

export function simulatedImages(session: Session): Images {
  const { daemon, apiVersion } = session;
  const seldom = onDemand(session, ({ seldomImageCalls }) => seldomImageCalls(session));
  return {
    list: (options) =>
      session.call(options, () =>
        listImages(daemon, filters(options?.filters), apiVersion, {
          all: options?.all ?? false,
          sharedSize: options?.["shared-size"] ?? false,
          manifests: options?.manifests ?? false,
        }),
      ),

    inspect: (image, options) =>
      options?.platform || options?.manifests
        ? seldom(({ inspect }) => inspect)(image, options)
        : session.call(options, () => inspectImage(daemon, reference(image), apiVersion)),

    pull(image, options) {
      session.runtime.loadPrograms();
      return tellOf(session, options, () => {
        const { fromImage: name, tag } = pulledReference(String(image));
        return pullImage(
          daemon,
          { name, tag: options?.all ? "" : tag, platform: options?.platform ?? "" },
          apiVersion,
        );
      });
    },

    history: seldom(({ history }) => history),
    prune: seldom(({ prune }) => prune),
    distribution: seldom(({ distribution }) => distribution),
    push: seldom(({ push }) => push),
    import: seldom((group) => group.import),
    load: seldom(({ load }) => load),
    save: seldom(({ save }) => save),
    search: seldom(({ search }) => search),

    build: seldom((group) => group.build),

    remove: (image, options) =>
      options?.platforms?.length
        ? seldom(({ remove }) => remove)(image, options)
        : session.call(options, () =>
            removeImage(daemon, reference(image), { force: options?.force ?? false }),
          ),

    tag: (image, { repo, tag = "", ...options }) =>
      session.call(options, () => {
        tagImage(daemon, reference(image), { repo, tag });
      }),
  };
}
