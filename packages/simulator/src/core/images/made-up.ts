import { digestOf } from "./digest.js";
import type { Image } from "./image.js";

/**
 * Makes up the layer and the history of an image that was not made on this engine: one layer and one step.
 */
export function madeUp({
  id,
  size,
  created,
  comment,
}: Pick<Image, "id" | "size" | "created" | "comment">): Pick<
  Image,
  "layers" | "history" | "parent" | "author" | "container"
> {
  return {
    layers: [{ digest: digestOf(`layer of ${id}`), size, archive: null }],
    history: [{ created, createdBy: "", author: "", comment, empty: false }],
    parent: "",
    author: "",
    container: null,
  };
}
