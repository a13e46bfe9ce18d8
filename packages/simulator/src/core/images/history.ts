import type { ImageHistoryItem } from "@dryharbor/sdk/port";
import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import { findImage } from "./find.js";
import type { Platform } from "./platform.js";
import { findImageFor } from "./platform-mismatch.js";
import { repoTags } from "./show.js";
import { storedTags } from "./stored/names.js";

/**
 * Answers `GET /images/{name}/history`, with the latest step first. @throws 404, or 400 for an invalid
 * reference
 */
export function imageHistory(daemon: Daemon, ref: string, platform?: Platform): ImageHistoryItem[] {
  const image = daemon.release.images.storesContent
    ? findImageFor(daemon, ref, platform)
    : findImage(daemon, ref);
  const { storesContent } = daemon.release.images;
  const layers = image.layers.map(({ size, unpacked = 0 }) => (storesContent ? unpacked : size));
  const lines = image.history.map(({ comment, created, createdBy, empty }) => ({
    Comment: comment,
    Created: created === 0n ? (storesContent ? 0 : -62_135_596_800) : unixSeconds(created),
    CreatedBy: createdBy,
    Size: empty ? 0 : (layers.shift() ?? 0),
  }));
  let of = daemon.images.get(image.id);
  return lines.reverse().map(({ Size, ...line }) => {
    const names = of?.references ?? [];
    const tags = storesContent ? storedTags(names) : repoTags(names);
    const shown = { ...line, Id: of?.id ?? "<missing>", Size, Tags: tags.length > 0 ? tags : null };
    of = of && daemon.images.get(of.parent);
    return shown;
  });
}
