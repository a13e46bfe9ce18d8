import type { ImageSummary } from "@dryharbor/sdk/port";
import { isOlder } from "../../api-version.js";
import { unixSeconds } from "../../clock.js";
import type { Daemon } from "../../daemon.js";
import {
  acceptFilters,
  type FilterValues,
  filterValues,
  isPrunedByLabels,
  matchesLabels,
  readYesOrNo,
} from "../../filters/match.js";
import { containersOf } from "../containers.js";
import { findImage } from "../find.js";
import { matchesGlob } from "../glob.js";
import type { Image } from "../image.js";
import {
  canonicalString,
  familiarName,
  familiarString,
  type Reference,
  withDefaultTag,
} from "../reference.js";
import { storedSharedSizes, wholeSize } from "./disk.js";
import { manifestSummaries } from "./manifests.js";
import { storedDigests, storedTags } from "./names.js";
import { broughtAs, targetOf } from "./show.js";
import { readUntilFilter } from "./until.js";

/** The parameters of a list beside filters. */
export interface StoredListOptions {
  readonly all: boolean;
  readonly sharedSize: boolean;
  readonly manifests: boolean;
}

/** Answers `GET /images/json`, newest first. Filters are asked for each name of an image. @throws 400, 404 */
export function listStored(
  daemon: Daemon,
  filters: FilterValues,
  apiVersion: string,
  { all, sharedSize, manifests }: StoredListOptions,
): ImageSummary[] {
  acceptFilters(daemon.release, filters, [
    "dangling",
    "label",
    "label!",
    "before",
    "since",
    "reference",
    "until",
  ]);
  const passes = storedFilter(daemon, filters);
  const dangling = readYesOrNo(daemon.release, filters, "dangling");
  const parents = new Set(Array.from(daemon.images.values(), ({ parent }) => parent));
  const shown: [Image, readonly Reference[]][] = [];
  for (const image of daemon.images.values()) {
    if (!passes(image)) continue;
    if (image.references.length === 0) {
      if (!all && parents.has(image.id)) continue;
      if (dangling !== false && !filters.reference) shown.push([image, []]);
      continue;
    }
    if (dangling === true && image.dangles) shown.push([image, []]);
    const names = image.references.filter(
      (reference) => dangling !== true && matchesReference(filters, reference),
    );
    if (names.length > 0) shown.push([image, names]);
  }
  const shared =
    sharedSize && !isOlder(apiVersion, "1.42")
      ? storedSharedSizes(
          daemon,
          shown.map(([image]) => image),
        )
      : undefined;
  return shown
    .sort(([one], [other]) => Number(unixSeconds(other.created)) - Number(unixSeconds(one.created)))
    .map(([image, names]) => ({
      ...summary(daemon, image, names, apiVersion, manifests && !isOlder(apiVersion, "1.47")),
      ...(shared && { SharedSize: shared.get(image.id) ?? 0 }),
    }));
}

/** Returns what tells whether an image passes the filters of a list or a prune that do not ask for its names. */
export function storedFilter(daemon: Daemon, filters: FilterValues): (image: Image) => boolean {
  const created = (key: "before" | "since") =>
    filterValues(filters, key).map((ref) => findImage(daemon, ref).created);
  const before = created("before");
  const since = created("since");
  const until = readUntilFilter(daemon, filters);
  return (image) =>
    before.every((limit) => image.created < limit) &&
    since.every((limit) => image.created > limit) &&
    until.every((limit) => image.taggedAt < limit) &&
    matchesLabels(filters, "label", image.config.Labels ?? {}) &&
    isPrunedByLabels({ "label!": filters["label!"] }, image.config.Labels ?? {});
}

/** Returns whether a pattern matches a name, in its familiar or its whole form, with or without its tag. */
function matchesReference({ reference: patterns }: FilterValues, reference: Reference): boolean {
  if (!patterns || patterns.length === 0) return true;
  const targets = [
    familiarString(reference),
    familiarName(reference),
    canonicalString(withDefaultTag(reference)),
    reference.repository,
  ];
  return patterns.some((pattern) =>
    targets.some((target) => {
      try {
        return matchesGlob(pattern, target);
      } catch {
        return false;
      }
    }),
  );
}

function summary(
  daemon: Daemon,
  image: Image,
  names: readonly Reference[],
  apiVersion: string,
  manifests: boolean,
): ImageSummary {
  const last = names.at(-1);
  let tags: string[] | null = storedTags(names);
  let digests: string[] | null = last ? storedDigests([{ ...last, digest: "" }], image.id) : [];
  if (isOlder(apiVersion, "1.43")) {
    if (names.length === 0) [tags, digests] = [["<none>:<none>"], ["<none>@<none>"]];
  }
  const size = wholeSize(daemon, image);
  return {
    Containers: isOlder(apiVersion, "1.51") ? -1 : containersOf(daemon, image.id).length,
    Created: image.created === 0n ? 0 : unixSeconds(image.created),
    Id: image.id,
    Labels: { ...image.config.Labels },
    ParentId: image.parent,
    ...(!isOlder(apiVersion, "1.48") && { Descriptor: targetOf(daemon, image, last) }),
    ...(manifests && { Manifests: manifestSummaries(daemon, image, broughtAs(image, last)) }),
    RepoDigests: digests,
    RepoTags: tags,
    SharedSize: -1,
    Size: size,
    ...(isOlder(apiVersion, "1.44") && { VirtualSize: size }),
  };
}
