import { bytesIn } from "@dryharbor/kernel/host";
import type { Container } from "./container.js";

/** How many bytes a container's files have: its own (what has changed), and with its image's. */
export function sizeOfContainer({ layer, image }: Container): { readonly own: number; readonly all: number } {
  const own = layer ? bytesIn(layer) : 0;
  return { own, all: own + (image?.size ?? 0) };
}
