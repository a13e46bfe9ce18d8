import { digestOf } from "./digest.js";
import type { Image } from "./image.js";

/** What an image has of its making that nobody made here: one layer, and one step. */
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
