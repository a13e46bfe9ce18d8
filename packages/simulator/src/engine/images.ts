import type { Images } from "@dryharbor/sdk/port";
import { listImages } from "../core/images/list.js";
import { pullImage } from "../core/images/pull.js";
import { removeImage } from "../core/images/remove.js";
import { inspectImage } from "../core/images/show.js";
import { tagImage } from "../core/images/tag.js";
import { filters } from "./filters.js";
import { reference } from "./reference.js";
import type { Session } from "./session.js";

export function simulatedImages(session: Session): Images {
  const { daemon, apiVersion } = session;
  return {
    list: (options) => session.call(options, () => listImages(daemon, filters(options?.filters), apiVersion)),

    inspect: (image, options) =>
      session.call(options, () => inspectImage(daemon, reference(image), apiVersion)),

    async pull(image, options) {
      const request = wanted(String(image));
      const { steps, failure } = await session.call(options, () => pullImage(daemon, request, apiVersion));
      for (const step of steps) options?.onProgress?.(step);
      if (failure) throw failure;
    },

    remove: (image, options) =>
      session.call(options, () => removeImage(daemon, reference(image), { force: options?.force ?? false })),

    tag: (image, { repo, tag = "" }, options) =>
      session.call(options, () => {
        tagImage(daemon, reference(image), { repo, tag });
      }),
  };
}

/** Name and tag apart. Without a tag the engine would pull every one that there is. */
function wanted(image: string): { name: string; tag: string } {
  const [text = "", digest] = image.split("@");
  if (digest !== undefined) return { name: text, tag: digest };
  // A colon before the last slash is that of a port.
  const [, name = text, tag = "latest"] = /^(.*):([^:/]+)$/.exec(text) ?? [];
  return { name, tag };
}
