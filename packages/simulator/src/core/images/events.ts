import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";

/**
 * Emits an event of an image.
 *
 * @param id of the image, or the reference for a pull or push
 * @param image adds its labels; leave it out if the image is gone
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
