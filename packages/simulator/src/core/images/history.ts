import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { findImage } from "./find.js";
import { repoTags } from "./show.js";

/** One line of `GET /images/{name}/history`. */
export interface HistoryLine {
  readonly Comment: string;
  /** Unix seconds. */
  readonly Created: number;
  readonly CreatedBy: string;
  /** `<missing>` where it is of no image that is here. */
  readonly Id: string;
  /** Bytes that it added. */
  readonly Size: number;
  readonly Tags: string[] | null;
}

/** `GET /images/{name}/history`: what was done to make it, the last first. @throws 404, 400 for what is no reference */
export function imageHistory(daemon: Daemon, ref: string): HistoryLine[] {
  const image = findImage(daemon, ref);
  const layers = [...image.layers];
  const lines = image.history.map(({ comment, created, createdBy, empty }) => ({
    Comment: comment,
    Created: created === 0n ? -62_135_596_800 : unixSeconds(created),
    CreatedBy: createdBy,
    Size: empty ? 0 : (layers.shift()?.size ?? 0),
  }));
  let of = daemon.images.get(image.id);
  return lines.reverse().map(({ Size, ...line }) => {
    const tags = of ? repoTags(of.references) : [];
    const shown = { ...line, Id: of?.id ?? "<missing>", Size, Tags: tags.length > 0 ? tags : null };
    of = of && daemon.images.get(of.parent);
    return shown;
  });
}
