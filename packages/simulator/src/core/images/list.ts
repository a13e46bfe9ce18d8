import { engineError, type ImageSummary } from "@dryharbor/sdk/port";
import { TimestampError } from "@dryharbor/sdk/timestamp";
import { isOlder } from "../api-version.js";
import { unixSeconds } from "../clock.js";
import type { Daemon } from "../daemon.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  matchesLabels,
  readYesOrNo,
} from "../filters/match.js";
import { readInstant } from "../unix-time.js";
import { findImage } from "./find.js";
import { matchesGlob } from "./glob.js";
import type { Image } from "./image.js";
import { familiarName, familiarString, type Reference } from "./reference.js";
import { sharedSizes } from "./shared-size.js";
import { repoDigests, repoTags, virtualSize } from "./show.js";
import { listStored } from "./stored/list.js";

/** The parameters of a list of images beside filters. */
export interface ImageListOptions {
  /** Include images without a name that others were committed on. */
  readonly all?: boolean;
  /** A pattern for the reference, as clients of API versions before 1.41 send it. */
  readonly filter?: string;
  /** Show the manifests that each image consists of; ignored before API 1.47, and where images are no content. */
  readonly manifests?: boolean;
  /** Show how much of each image's size is shared with other images; ignored before API 1.42. */
  readonly sharedSize?: boolean;
}

/**
 * Answers `GET /images/json`, newest first.
 *
 * @throws 400 for an invalid filter, 404 for an unknown image in `before` or `since`, 500 for an invalid
 * pattern or time
 */
export function listImages(
  daemon: Daemon,
  given: FilterValues = {},
  apiVersion: string = daemon.release.system.apiVersion,
  { all = false, filter = "", manifests = false, sharedSize = false }: ImageListOptions = {},
): ImageSummary[] {
  const filters =
    filter !== "" && isOlder(apiVersion, "1.41")
      ? { ...given, reference: [...(given.reference ?? []), filter] }
      : given;
  const { release, images } = daemon;
  if (release.images.storesContent) {
    return listStored(daemon, filters, apiVersion, { all, manifests, sharedSize });
  }
  const accepted = ["dangling", "label", "before", "since", "reference"];
  if (release.images.listTakesUntil) accepted.push("until");
  acceptFilters(release, filters, accepted);

  const dangling = readYesOrNo(daemon.release, filters, "dangling");
  const before = [...createdAt(daemon, filters, "before"), ...instants(daemon, filters)];
  const since = createdAt(daemon, filters, "since");
  const ofTime = [...images.values()].filter(
    ({ created }) => before.every((limit) => created < limit) && since.every((limit) => created > limit),
  );
  const parents = new Set(Array.from(images.values(), ({ parent }) => parent));
  const shown: [Image, readonly Reference[]][] = [];
  for (const image of ofTime) {
    if (!matchesLabels(filters, "label", image.config.Labels ?? {})) continue;
    const references = image.references.filter((reference) => matchesReference(filters, reference));
    // Images without a name that others were committed on are hidden.
    const between = image.references.length === 0 && parents.has(image.id);
    if (between && (dangling === true || !all)) continue;
    const hasName = references.some(({ tag }) => tag !== "");
    if (dangling === true && hasName) continue;
    if (references.length === 0 && (dangling === false || filters.reference)) continue;
    shown.push([image, references]);
  }
  const tellsShared = sharedSize && release.images.tellsSharedSize && !isOlder(apiVersion, "1.42");
  const shared = tellsShared ? sharedSizes(daemon) : undefined;
  const users = isOlder(apiVersion, "1.51") ? undefined : countContainers(daemon);
  return shown
    .sort(([one], [other]) => Number(one.created < other.created) - Number(one.created > other.created))
    .map(([image, references]) => ({
      Containers: users ? (users.get(image.id) ?? 0) : -1,
      ...summary(daemon, image, references, apiVersion),
      ...(shared && { SharedSize: shared.get(image.id) ?? 0 }),
    }));
}

function createdAt(daemon: Daemon, filters: FilterValues, key: "before" | "since"): bigint[] {
  return filterValues(filters, key).map((ref) => findImage(daemon, ref).created);
}

function instants(daemon: Daemon, filters: FilterValues): bigint[] {
  try {
    return filterValues(filters, "until").map((until) => readInstant(daemon.release, daemon.clock, until));
  } catch (error) {
    if (error instanceof TimestampError) throw engineError(500, error.message);
    throw error;
  }
}

/** Returns whether a pattern matches the reference, with or without its tag or digest. */
function matchesReference(filters: FilterValues, reference: Reference): boolean {
  if (!filters.reference) return true;
  return filters.reference.some(
    (pattern) =>
      matchesGlob(pattern, familiarString(reference)) || matchesGlob(pattern, familiarName(reference)),
  );
}

/** Returns the number of containers of each image, by the image's id. */
function countContainers(daemon: Daemon): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { image } of daemon.containers.byId.values()) {
    if (image) counts.set(image.id, (counts.get(image.id) ?? 0) + 1);
  }
  return counts;
}

function summary(
  daemon: Daemon,
  image: Image,
  references: readonly Reference[],
  apiVersion: string,
): Omit<ImageSummary, "Containers"> {
  let tags: string[] | null = repoTags(references);
  let digests: string[] | null = repoDigests(references);
  if (isOlder(apiVersion, "1.43")) {
    if (references.length === 0) [tags, digests] = [["<none>:<none>"], ["<none>@<none>"]];
    if (tags.length === 0) tags = null;
    if (digests.length === 0) digests = null;
  }
  return {
    Created: unixSeconds(image.created),
    Id: image.id,
    Labels: image.config.Labels ? { ...image.config.Labels } : null,
    ParentId: image.parent,
    RepoDigests: digests,
    RepoTags: tags,
    SharedSize: -1,
    Size: image.size,
    ...virtualSize(daemon.release, image, apiVersion),
  };
}
