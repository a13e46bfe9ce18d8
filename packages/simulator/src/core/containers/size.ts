import { bytesIn } from "@dryharbor/kernel/host";
import type { Container } from "./container.js";

/** Returns the bytes of a container's files: its own (the changes), and all of them with the image's. */
export function sizeOfContainer({ layer, image }: Container): { readonly own: number; readonly all: number } {
  const own = layer ? bytesIn(layer) : 0;
  return { own, all: own + (image?.size ?? 0) };
}
