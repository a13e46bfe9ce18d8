// What images are called. A container names the image that it was made of by a name or an id, and an id says nothing to
// another engine.
import type { ContainerInspect } from "../containers.js";
import type { ImageSummary } from "../images.js";

/** What the images of an engine are called. */
export interface ImageNames {
  /** A name with a tag: the one that the container was made with, one that its image has, or one that is made up. */
  nameOf(container: ContainerInspect): string;
  /** The names that are made up. */
  nameless(containers: readonly ContainerInspect[]): string[];
}

export function namesOfImages(images: readonly ImageSummary[]): ImageNames {
  const byId = new Map(images.map((image) => [image.Id, image]));
  const known = ({ Config, Image }: ContainerInspect): string | undefined => {
    // A name that begins like an id is one all the same where the image has another.
    const isId = /^(sha256:)?[0-9a-f]{4,64}$/.test(Config.Image) && Image.includes(Config.Image);
    if (!isId && !Config.Image.includes("@")) return Config.Image;
    const { RepoTags, RepoDigests } = byId.get(Image) ?? {};
    return [...(RepoTags ?? []), ...(RepoDigests ?? [])]
      .filter((name) => !name.includes("<none>"))
      .map((name) => name.split("@")[0]!)[0];
  };
  const madeUp = ({ Image }: ContainerInspect) => `untagged:${Image.replace(/^sha256:/, "").slice(0, 12)}`;
  return {
    nameOf: (container) => known(container) ?? madeUp(container),
    nameless: (containers) => [
      ...new Set(containers.filter((container) => known(container) === undefined).map(madeUp)),
    ],
  };
}
