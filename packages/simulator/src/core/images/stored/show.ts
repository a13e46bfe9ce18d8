// The inspect of an image in a store of content. Fields that older API versions always had are put into a map, which sorts
// all keys, as Go writes maps.

import { engineError, type ImageInspect } from "@dryharbor/sdk/port";
import { isOlder } from "../../api-version.js";
import { formatTime } from "../../clock.js";
import type { Daemon } from "../../daemon.js";
import { sortedByKey } from "../../go-order.js";
import { contentOf, contentSize, manifestDescriptor, nameAnnotations, ociConfig } from "../content.js";
import { isIdPrefix } from "../find.js";
import type { Image } from "../image.js";
import type { Platform } from "../platform.js";
import { variantFor } from "../platform-mismatch.js";
import { canonicalString, parseReference, type Reference, withDefaultTag } from "../reference.js";
import { manifestSummaries } from "./manifests.js";
import { storedDigests, storedTags } from "./names.js";

/** What an inspect of an image asks for beside its name. */
export interface InspectOptions {
  readonly apiVersion: string;
  /** Show the manifests that the image consists of. */
  readonly manifests?: boolean;
  /** Show what the image has for this platform. */
  readonly platform?: Platform | undefined;
}

/** Shows an image as `GET /images/{name}/json` does. */
export function showStored(
  daemon: Daemon,
  found: Image,
  ref: string,
  { apiVersion, manifests = false, platform }: InspectOptions,
): ImageInspect {
  const { release } = daemon;
  const { references } = found;
  const image = variantFor(daemon, found, ref, platform);
  if (image.problem !== undefined) {
    throw engineError(
      500,
      `failed to read image config: could not deserialize image config: ${image.problem}`,
    );
  }
  const { history, layers } = image;
  const older = (version: string) => isOlder(apiVersion, version);
  const comment = history.at(-1)?.comment ?? "";
  const created = createdOf(image);
  const shown = {
    Id: platform ? contentOf(release, image).manifest.digest : image.id,
    RepoTags: storedTags(references),
    RepoDigests: storedDigests(references, image.id),
    ...(comment && { Comment: comment }),
    ...((created !== undefined || older("1.44")) && { Created: created ?? "0001-01-01T00:00:00Z" }),
    ...(image.author && { Author: image.author }),
    Config: ociConfig(image.config),
    Architecture: image.architecture,
    ...(image.variant && { Variant: image.variant }),
    Os: image.os,
    ...(image.osVersion && { OsVersion: image.osVersion }),
    Size: contentSize(release, image),
    ...(older("1.52") && { GraphDriver: { Data: null, Name: "overlayfs" } }),
    RootFS: { Type: "layers", ...(layers.length > 0 && { Layers: layers.map(({ digest }) => digest) }) },
    Metadata: { LastTagTime: formatTime(found.taggedAt) },
    ...(!older("1.48") && {
      Descriptor: platform
        ? platformTarget(daemon, image)
        : targetOf(daemon, found, meantName(daemon, found, ref)),
    }),
    ...(manifests &&
      !older("1.48") && {
        Manifests: manifestSummaries(daemon, found, broughtAs(found, meantName(daemon, found, ref))),
      }),
    ...(!older("1.53") && identityOf(found)),
  };
  const missing = {
    ...(older("1.44") && { VirtualSize: shown.Size }),
    ...(older("1.45") && { Container: "", ContainerConfig: null }),
    ...(older("1.52")
      ? {
          Parent: image.parent,
          Comment: "",
          DockerVersion: "",
          Author: "",
          Config: configFields(older("1.50")),
        }
      : image.parent && { Parent: image.parent }),
  };
  const whole = Object.keys(missing).length > 0 ? sortedDeep(merged(shown, missing)) : shown;
  return whole as unknown as ImageInspect;
}

function createdOf({ created, createdInZone }: Image): string | undefined {
  return created === 0n ? undefined : (createdInZone ?? formatTime(created));
}

/**
 * Returns the descriptor of what the id stands for. That of a loaded image has the name that came with it.
 *
 * @param reference the name by which it is looked at; `undefined` where it has none
 */
export function targetOf({ release }: Daemon, image: Image, reference: Reference | undefined): object {
  const { target } = contentOf(release, image);
  const named = broughtAs(image, reference);
  return named === undefined ? target : { ...target, annotations: nameAnnotations(named) };
}

/** Returns the name with which the image came that has this name now. */
export function broughtAs(
  { broughtAs: names = {} }: Image,
  reference: Reference | undefined,
): string | undefined {
  return names[reference ? canonicalString(reference) : ""];
}

/** Notes with which name an image came that is about to lose this name, and stays without one. */
export function keepNameless(image: Image, reference: Reference): void {
  if (image.dangles || !image.broughtAs) return;
  const came = broughtAs(image, reference);
  const { "": _, ...names } = image.broughtAs;
  image.broughtAs = came === undefined ? names : { ...names, "": came };
}

/** Returns the name of an image that a request means: the first, where it names the image by its id. */
export function meantName({ release }: Daemon, image: Image, ref: string): Reference | undefined {
  if (isIdPrefix(image, ref)) return image.references[0];
  return withDefaultTag(parseReference(release, ref));
}

/** Returns the descriptor of an image's manifest for one platform. In an index it has that platform. */
function platformTarget(daemon: Daemon, image: Image): object {
  return image.index ? manifestDescriptor(daemon, image) : targetOf(daemon, image, undefined);
}

/** Returns where an image was pulled from or pushed to. */
function identityOf({ sources = [] }: Image): object {
  return sources.length > 0 ? { Identity: { Pull: sources.map((Repository) => ({ Repository })) } } : {};
}

const configOf150 = {
  Cmd: null,
  Entrypoint: null,
  Env: null,
  Labels: null,
  OnBuild: null,
  User: "",
  Volumes: null,
  WorkingDir: "",
};

function configFields(beforeOf150: boolean): object {
  if (!beforeOf150) return configOf150;
  return {
    ...configOf150,
    AttachStderr: false,
    AttachStdin: false,
    AttachStdout: false,
    Domainname: "",
    Hostname: "",
    Image: "",
    OpenStdin: false,
    StdinOnce: false,
    Tty: false,
  };
}

type JsonMap = Readonly<Record<string, unknown>>;

/** Adds what a map lacks. */
function merged(map: JsonMap, missing: JsonMap): JsonMap {
  const result: Record<string, unknown> = { ...map };
  for (const [key, value] of Object.entries(missing)) {
    const has = result[key];
    if (isMap(value) && isMap(has)) result[key] = merged(has, value);
    else if (has === undefined || has === null) result[key] = value;
  }
  return result;
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (!isMap(value)) return value;
  return sortedByKey(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, sortedDeep(each)])));
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
