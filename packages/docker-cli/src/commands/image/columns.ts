// What lists of images show.
import type { ImageSummary } from "@dryharbor/sdk/port";
import type { Columns } from "../../format/table.js";
import { shortId } from "../../format/texts.js";
import { goTimeText } from "../../format/time.js";
import { ago, humanSize } from "../../format/units.js";
import { familiarName, splitTag } from "./reference.js";

/** One name of an image; an image without one has a row, too. */
export interface ImageRow {
  readonly image: ImageSummary & { readonly VirtualSize?: number };
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly short: boolean;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
}

const created = ({ image }: ImageRow) => BigInt(image.Created) * 1_000_000_000n;
const known = (size: number, text: string) => (size === -1 ? "N/A" : text);

export const imageColumns: Columns<ImageRow> = {
  name: "*formatter.imageContext",
  columns: {
    ID: ["IMAGE ID", ({ image, short }) => (short ? shortId(image.Id) : image.Id)],
    Repository: ["REPOSITORY", ({ repository }) => repository],
    Tag: ["TAG", ({ tag }) => tag],
    Digest: ["DIGEST", ({ digest }) => digest],
    CreatedSince: ["CREATED", (row) => (row.image.Created <= 0 ? "" : ago(created(row), row.now))],
    CreatedAt: ["CREATED AT", (row) => goTimeText(created(row))],
    Size: ["SIZE", ({ image }) => humanSize(image.Size, 3)],
    Containers: ["CONTAINERS", ({ image }) => known(image.Containers, String(image.Containers))],
    VirtualSize: ["SIZE", ({ image }) => humanSize(image.VirtualSize || image.Size), { until: "29" }],
    SharedSize: ["SHARED SIZE", ({ image }) => known(image.SharedSize, humanSize(image.SharedSize))],
    UniqueSize: [
      "UNIQUE SIZE",
      ({ image: { Size, SharedSize, VirtualSize } }) =>
        SharedSize === -1 || Size === -1 ? "N/A" : humanSize((VirtualSize || Size) - SharedSize),
    ],
  },
};

/** The rows of images: one for each tag, or for each tag and digest. */
export function imageRows(
  images: readonly ImageSummary[],
  { digests, short, now }: { readonly digests: boolean; readonly short: boolean; readonly now: bigint },
): ImageRow[] {
  return images.flatMap((image) => namesOf(image, digests).map((names) => ({ image, ...names, short, now })));
}

type Names = Pick<ImageRow, "repository" | "tag" | "digest">;

function namesOf({ RepoTags, RepoDigests }: ImageSummary, wantsDigests: boolean): Names[] {
  const none = "<none>";
  const tagsOf = new Map<string, string[]>();
  for (const reference of RepoTags ?? []) {
    if (reference === "<none>:<none>") continue;
    const { name, tag } = splitTag(reference);
    tagsOf.set(name, [...(tagsOf.get(name) ?? []), tag]);
  }
  const digestsOf = new Map<string, string[]>();
  for (const reference of RepoDigests ?? []) {
    if (reference === "<none>@<none>") continue;
    const [name = "", digest = ""] = reference.split("@");
    digestsOf.set(familiarName(name), [...(digestsOf.get(familiarName(name)) ?? []), digest]);
  }
  if (tagsOf.size === 0 && digestsOf.size === 0) return [{ repository: none, tag: none, digest: none }];
  const rows: Names[] = [];
  for (const [repository, tags] of tagsOf) {
    const digests = wantsDigests ? (digestsOf.get(repository) ?? []) : [];
    digestsOf.delete(repository);
    for (const tag of tags) {
      if (digests.length === 0) rows.push({ repository, tag, digest: none });
      for (const digest of digests) rows.push({ repository, tag, digest });
    }
  }
  for (const [repository, digests] of digestsOf) {
    if (!wantsDigests) rows.push({ repository, tag: none, digest: "" });
    else for (const digest of digests) rows.push({ repository, tag: none, digest });
  }
  return rows;
}
