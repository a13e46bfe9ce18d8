// Makes the images of a new engine from the option `images` of `createSimulator`, and the registry from which
// it pulls. `newMachine` calls it.

import type { Clock } from "@dryharbor/kernel/host";
import { UsageError } from "@dryharbor/sdk/port";
import { parseInstant } from "@dryharbor/sdk/timestamp";
import type { Release } from "../releases/release.js";
import { wholeConfig } from "./config.js";
import { contentOf } from "./content.js";
import { defaultImages } from "./default-images.js";
import type { ImageDefinition, ImageDefinitions } from "./definition.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { nameOf, setOf } from "./like.js";
import { madeUp, madeUpBlob } from "./made-up.js";
import { hostPlatform } from "./platform.js";
import { familiarName, parseReference, type Reference, withDefaultTag } from "./reference.js";
import {
  indexOf,
  manifestOf,
  type Offer,
  type Programs,
  type PullPolicy,
  type Registry,
} from "./registry.js";
import { type ImageTable, imageTable } from "./table.js";

/** What images need to know of their engine. */
interface Surroundings {
  readonly release: Release;
  readonly clock: Clock;
  readonly programs: Programs;
  readonly pull: PullPolicy;
}

const defaultCreated = "2024-09-26T21:31:42Z";

/**
 * Makes the image table from definitions. @throws {UsageError} if a name is no valid reference or has a
 * digest
 */
export function definedImages(definitions: ImageDefinitions, surroundings: Surroundings): ImageTable {
  const images = new Map<string, Image>();
  const registry: Registry["repositories"] = new Map();
  const present: [Reference, Image, Offer | undefined][] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    const reference = readName(surroundings.release, name);
    const repository = familiarName(reference);
    const made = imageOf(repository, definition, surroundings);
    const image = images.get(made.id) ?? made;
    images.set(image.id, image);
    const offer =
      definition.origin === "imported" ? undefined : offered(image, definition, surroundings.release);
    if (offer) registry.set(repository, (registry.get(repository) ?? new Map()).set(reference.tag, offer));
    if (definition.origin !== "registry") present.push([reference, image, offer]);
  }

  const { pull, programs } = surroundings;
  if (pull === "any") addDefaults(registry, surroundings);
  const table = imageTable({ pull, repositories: registry, programs });
  for (const [reference, image, offer] of present) {
    if (!table.get(image.id)) table.add(image);
    table.refer(reference, image);
    const hasDigest = offer && !surroundings.release.images.storesContent;
    if (hasDigest) table.refer({ ...reference, tag: "", digest: offer.digest }, image);
  }
  return table;
}

function offered(image: Image, { architecture }: ImageDefinition, { images }: Release): Offer {
  const digest = images.storesContent ? image.id : manifestOf(image);
  return { digest, image, manyPlatforms: architecture === undefined };
}

/** Adds the simulator's own images to the registry for repositories without a definition. */
function addDefaults(registry: Registry["repositories"], surroundings: Surroundings): void {
  for (const [name, definition] of Object.entries(defaultImages)) {
    const reference = readName(surroundings.release, name);
    const repository = familiarName(reference);
    if (registry.has(repository)) continue;
    const image = imageOf(repository, definition, surroundings);
    registry.set(repository, new Map([[reference.tag, offered(image, definition, surroundings.release)]]));
  }
}

function readBase(release: Release, name: string): Reference {
  try {
    return withDefaultTag(parseReference(release, name));
  } catch (cause) {
    throw new UsageError(`images: the base ${JSON.stringify(name)} is no name: write it like "alpine:3.22"`, {
      cause,
    });
  }
}

function readName(release: Release, name: string): Reference {
  let reference: Reference;
  try {
    reference = withDefaultTag(parseReference(release, name));
  } catch (cause) {
    throw new UsageError(
      `images: ${JSON.stringify(name)} cannot be the name of an image: write it like "redis:7"`,
      { cause },
    );
  }
  if (reference.digest !== "") {
    throw new UsageError(
      `images: ${JSON.stringify(name)} has a digest, which only the simulator makes: leave it out`,
    );
  }
  return reference;
}

function imageOf(repository: string, definition: ImageDefinition, surroundings: Surroundings): Image {
  const { release, programs } = surroundings;
  const { base, executables, inert = false } = definition;
  const imported = definition.origin === "imported";
  const content = definedContent(repository, definition, surroundings);
  const { storesContent } = release.images;
  const made = {
    ...(storesContent ? stored(release, content, definition) : content),
    dockerVersion: imported && !storesContent ? release.system.version : "",
    like: base === undefined ? null : nameOf(readBase(release, base)),
    executables: setOf(executables ?? (base === undefined ? programs.small : programs.own)),
    inert,
    references: [],
    taggedAt: imported || storesContent ? content.created : 0n,
  };
  return made;
}

const storedContents = new WeakMap<Content, Content>();

/** Returns an image as a store of content has it. One that is for many platforms is in an index of them. */
function stored(release: Release, content: Content, { architecture, origin }: ImageDefinition): Content {
  const known = storedContents.get(content);
  if (known) return known;
  const { id, ...own } = { ...content, layers: content.layers.map(madeUpBlob) };
  const index =
    origin === "imported" || architecture !== undefined ? undefined : indexOf(release, { ...own, id });
  const image = index ? { ...own, index } : own;
  const made = { ...image, id: contentOf(release, image).target.digest };
  storedContents.set(content, made);
  return made;
}

/** What an image has by its definition, whichever engine it is on. */
type Content = Omit<Image, "dockerVersion" | "like" | "executables" | "inert" | "references" | "taggedAt">;

const defaults: ReadonlySet<ImageDefinition> = new Set(Object.values(defaultImages));

/** Those of the default images, which most simulators have. */
const defaultContents = new Map<ImageDefinition, Content>();

function definedContent(repository: string, definition: ImageDefinition, { clock }: Surroundings): Content {
  const known = defaultContents.get(definition);
  if (known) return known;
  const { architecture = "amd64", size = 4_000_000 } = definition;
  const { origin, base, ...given } = definition;
  // A default image is known by what the registry says of it.
  const content = defaults.has(definition) || base === undefined ? given : { ...given, base };
  const imported = origin === "imported";
  const id = digestOf(JSON.stringify([repository, imported, content]));
  const created = createdAt(definition, clock);
  const comment = imported ? "Imported from -" : "buildkit.dockerfile.v0";
  const made = {
    id,
    created,
    config: wholeConfig(definition.config ?? {}),
    ...hostPlatform,
    architecture,
    file: null,
    size,
    comment,
    ...madeUp({ id, size, created, comment }),
  };
  if (defaults.has(definition)) defaultContents.set(definition, made);
  return made;
}

function createdAt({ created, origin }: ImageDefinition, clock: Clock): bigint {
  if (created === undefined && origin === "imported") return clock.now();
  try {
    return parseInstant(created ?? defaultCreated, clock);
  } catch (cause) {
    throw new UsageError(`images: ${created} is not a time: write it like "${defaultCreated}"`, { cause });
  }
}
