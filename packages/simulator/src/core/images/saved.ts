import type { ImageConfig } from "@dryharbor/sdk/port";
import { restoreBytes, type SavedBytes, saveBytes } from "../saved-bytes.js";
import type { HistoryEntry, Image, StoredFile } from "./image.js";
import type { Layer, LayerBlob } from "./layer.js";
import type { Reference } from "./reference.js";
import type { Offer, Programs, PullPolicy } from "./registry.js";
import type { ImageTable } from "./table.js";
import { imageTable } from "./table.js";

/** The images and the registry of an engine as plain JSON, for snapshots. */
export interface SavedImages {
  readonly images: readonly SavedImage[];
  /** Ids of the images that the engine has, in order of arrival. */
  readonly present: readonly string[];
  readonly pull: PullPolicy;
  readonly programs: Programs;
  /** Offers by tag, by repository. */
  readonly registry: Readonly<Record<string, Readonly<Record<string, SavedOffer>>>>;
}

interface SavedOffer extends Omit<Offer, "image"> {
  /** The image's id. */
  readonly image: string;
}

export interface SavedImage {
  readonly id: string;
  /** Time in nanoseconds. */
  readonly created: string;
  readonly createdInZone?: string;
  readonly config: ImageConfig;
  readonly os: string;
  readonly osVersion?: string;
  readonly architecture: string;
  readonly variant: string;
  readonly file: string | null;
  readonly manifest?: StoredFile;
  readonly blobs?: readonly SavedBlob[];
  readonly index?: StoredFile;
  readonly problem?: string;
  readonly broughtAs?: Readonly<Record<string, string>>;
  readonly others?: readonly SavedImage[];
  readonly dangles?: boolean;
  readonly sources?: readonly string[];
  readonly showsNoConfig?: true;
  readonly size: number;
  readonly layers: readonly SavedLayer[];
  readonly history: readonly (Omit<HistoryEntry, "created"> & { readonly created: string })[];
  readonly parent: string;
  readonly author: string;
  readonly container: Image["container"];
  readonly comment: string;
  readonly dockerVersion: string;
  readonly like: Image["like"];
  readonly executables: readonly string[];
  readonly inert: boolean;
  readonly references: readonly Reference[];
  readonly taggedAt: string;
}

interface SavedLayer extends Omit<Layer, "archive" | "blob"> {
  readonly archive: SavedBytes | null;
  readonly blob?: SavedBlob;
}

interface SavedBlob extends Omit<LayerBlob, "bytes"> {
  readonly bytes: SavedBytes | null;
}

export function saveImages(table: ImageTable): SavedImages {
  const images = new Set([
    ...table.values(),
    ...[...table.registry.repositories.values()].flatMap((tags) =>
      [...tags.values()].map(({ image }) => image),
    ),
  ]);
  const registry = [...table.registry.repositories].map(([repository, tags]) => {
    const offers = [...tags].map(([tag, offer]) => [tag, { ...offer, image: offer.image.id }] as const);
    return [repository, Object.fromEntries(offers)] as const;
  });
  return {
    images: [...images].map(saveImage),
    present: [...table.values()].map(({ id }) => id),
    pull: table.registry.pull,
    programs: table.registry.programs,
    registry: Object.fromEntries(registry),
  };
}

export function restoreImages(saved: SavedImages): ImageTable {
  const images = new Map(saved.images.map((image) => [image.id, restoreImage(image)]));
  const byId = (id: string): Image => {
    const image = images.get(id);
    if (!image) throw new Error(`the snapshot has no image ${id}`);
    return image;
  };
  const registry = Object.entries(saved.registry).map(([repository, tags]) => {
    const offers = Object.entries(tags).map(
      ([tag, offer]) => [tag, { ...offer, image: byId(offer.image) }] as const,
    );
    return [repository, new Map(offers)] as const;
  });
  const table = imageTable({
    pull: saved.pull,
    repositories: new Map(registry),
    programs: saved.programs,
  });
  for (const id of saved.present) table.add(byId(id));
  for (const { id, references } of saved.images) {
    for (const reference of references) table.refer(reference, byId(id));
  }
  return table;
}

export function saveImage({ blobs, others, ...image }: Image): SavedImage {
  return {
    ...image,
    ...(blobs && { blobs: blobs.map(saveBlob) }),
    ...(others && { others: others.map(saveImage) }),
    created: String(image.created),
    layers: image.layers.map(({ archive, blob, ...layer }) => ({
      ...layer,
      archive: archive && saveBytes(archive),
      ...(blob && { blob: saveBlob(blob) }),
    })),
    history: image.history.map((entry) => ({ ...entry, created: String(entry.created) })),
    executables: [...image.executables],
    taggedAt: String(image.taggedAt),
  };
}

function saveBlob(blob: LayerBlob): SavedBlob {
  return { ...blob, bytes: blob.bytes && saveBytes(blob.bytes) };
}

function restoreBlob(blob: SavedBlob): LayerBlob {
  return { ...blob, bytes: blob.bytes && restoreBytes(blob.bytes) };
}

export function restoreImage({ blobs, others, ...image }: SavedImage): Image {
  return {
    ...image,
    ...(blobs && { blobs: blobs.map(restoreBlob) }),
    ...(others && { others: others.map(restoreImage) }),
    created: BigInt(image.created),
    layers: image.layers.map(({ archive, blob, ...layer }) => ({
      ...layer,
      archive: archive && restoreBytes(archive),
      ...(blob && { blob: restoreBlob(blob) }),
    })),
    history: image.history.map((entry) => ({ ...entry, created: BigInt(entry.created) })),
    executables: new Set(image.executables),
    references: [],
    taggedAt: BigInt(image.taggedAt),
  };
}
