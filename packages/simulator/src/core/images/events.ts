import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";

/**
 * Tells the world what happened to an image.
 *
 * @param id the image's, or for a pull or push the reference that it was
 * @param image whose labels go with it; none where it is gone
 */
export function emitImageEvent(
  daemon: Daemon,
  action: "pull" | "push" | "tag" | "untag" | "delete" | "import" | "create" | "load" | "save",
  id: string,
  name: string,
  image?: Image,
): void {
  const attributes = { ...image?.config.Labels, name };
  daemon.events.emit(() => ({
    status: action,
    id,
    Type: "image",
    Action: action,
    Actor: { ID: id, Attributes: attributes },
  }));
}
