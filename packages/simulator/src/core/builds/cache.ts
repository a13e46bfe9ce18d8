import type { Daemon } from "../daemon.js";
import { findImage } from "../images/find.js";
import type { Image } from "../images/image.js";
import type { Layer } from "../images/layer.js";
import { addImage } from "../images/new-image.js";
import { type Platform, runsOn } from "../images/platform.js";
import { buildsOf } from "../releases/builds.js";
import type { StepConfig } from "./step-image.js";

/** What was built before. */
export interface Cache {
  /** Returns the image of a step on top of a parent, where it was carried out before. */
  find(parent: Image | undefined, config: StepConfig, platform: Platform): Image | undefined;
  /** A new stage looks anew. */
  reset(): void;
}

/** Nothing was built before, as far as this build knows. */
export const noCache: Cache = { find: () => undefined, reset() {} };

/**
 * Makes a cache. After the first step that it does not know, it knows none until the next stage.
 *
 * @param from images of whose steps it knows. Without any, it knows of all that was built here
 */
export function buildCache(daemon: Daemon, from: readonly string[]): Cache {
  let isOver = false;
  let sources = imagesOf(daemon, from);
  return {
    reset() {
      isOver = false;
      sources = imagesOf(daemon, from);
    },
    find(parent, config, platform) {
      if (isOver) return undefined;
      const local = builtBefore(daemon, parent, config, platform);
      let found = local;
      if (from.length > 0) {
        found = local && sources.some((source) => standsOn(daemon, source, local)) ? local : undefined;
        if (!found) {
          const source = sources.find((image) => continues(image, parent, config));
          if (source) {
            found = stepOf(daemon, source, parent, config);
            if (found !== source) sources = [source];
          }
        }
      }
      isOver = !found;
      return found;
    },
  };
}

function imagesOf(daemon: Daemon, names: readonly string[]): Image[] {
  return names.flatMap((name) => {
    try {
      return [findImage(daemon, name)];
    } catch {
      // What is not there is left out.
      return [];
    }
  });
}

/** Returns the latest image that was built on a parent by the same step. */
function builtBefore(
  daemon: Daemon,
  parent: Image | undefined,
  config: StepConfig,
  platform: Platform,
): Image | undefined {
  const { cacheComparesAll } = buildsOf(daemon.release);
  let found: Image | undefined;
  for (const image of daemon.images.values()) {
    if (image.parent !== (parent?.id ?? "") || !image.container) continue;
    if (cacheComparesAll && (image.file !== null || !runsOn(image, platform))) continue;
    if (!isSame(image.container.config as StepConfig, config, cacheComparesAll)) continue;
    if (!found || image.created > found.created) found = image;
  }
  return found;
}

function standsOn({ images }: Daemon, image: Image, below: Image): boolean {
  for (let at = images.get(image.parent); at; at = images.get(at.parent)) if (at === below) return true;
  return false;
}

/** Returns whether the next step of an image, on top of a parent, is this one. */
function continues(image: Image, parent: Image | undefined, config: StepConfig): boolean {
  const below = parent?.history ?? [];
  const next = image.history[below.length];
  if (!next || (parent?.layers.length ?? 0) > image.layers.length) return false;
  const [...command] = Array.isArray(config.Cmd) ? config.Cmd : [];
  return (
    below.every((entry, at) => sameEntry(entry, image.history[at])) &&
    (parent?.layers ?? []).every(({ digest }, at) => digest === image.layers[at]?.digest) &&
    next.createdBy === command.join(" ")
  );
}

function sameEntry(one: Image["history"][number], other: Image["history"][number] | undefined): boolean {
  return (
    other !== undefined &&
    one.created === other.created &&
    one.createdBy === other.createdBy &&
    one.author === other.author &&
    one.comment === other.comment &&
    one.empty === other.empty
  );
}

/** Returns the image of the next step of another: that one itself, where it is its last. */
function stepOf(daemon: Daemon, source: Image, parent: Image | undefined, config: StepConfig): Image {
  const at = parent?.history.length ?? 0;
  if (source.history.length - 1 === at) {
    if (parent) daemon.images.setParent(source, parent.id);
    return source;
  }
  const history = source.history.slice(0, at + 1);
  const entry = history[at] as Image["history"][number];
  const layer = entry.empty ? undefined : (source.layers[parent?.layers.length ?? 0] as Layer);
  const { os, architecture, variant } = source;
  return addImage(
    daemon,
    {
      created: entry.created,
      config,
      os,
      architecture,
      variant,
      layers: [...(parent?.layers ?? []), ...(layer ? [layer] : [])],
      history,
      parent: parent?.id ?? "",
      author: source.author,
      comment: "",
      container: null,
    },
    source,
  );
}

const early = ["Cmd", "Env", "Entrypoint", "Labels", "ExposedPorts", "Volumes"] as const;
const later = [...early, "Shell", "OnBuild"] as const;
const earlyScalars = ["AttachStdout", "AttachStderr", "User", "Tty"] as const;
const laterScalars = [
  ...earlyScalars,
  "AttachStdin",
  "NetworkDisabled",
  "OpenStdin",
  "StdinOnce",
  "ArgsEscaped",
  "WorkingDir",
  "StopSignal",
  "StopTimeout",
] as const;

/** Returns whether two steps are the same to the cache. */
function isSame(one: StepConfig, other: StepConfig, comparesAll: boolean): boolean {
  if (!comparesAll && (one.OpenStdin || other.OpenStdin)) return false;
  const lists = comparesAll ? later : early;
  const scalars = comparesAll ? laterScalars : earlyScalars;
  return (
    lists.every((name) => sameCollection(field(one, name), field(other, name))) &&
    scalars.every((name) => (field(one, name) || "") === (field(other, name) || "")) &&
    (!comparesAll || sameHealthcheck(one, other))
  );
}

function field(config: StepConfig, name: string): unknown {
  return (config as unknown as Readonly<Record<string, unknown>>)[name];
}

function sameCollection(one: unknown, other: unknown): boolean {
  const entries = (value: unknown) =>
    Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify(entries(one)) === JSON.stringify(entries(other));
}

function sameHealthcheck({ Healthcheck: one }: StepConfig, { Healthcheck: other }: StepConfig): boolean {
  if (!one || !other) return !one === !other;
  return (
    (["Interval", "StartInterval", "StartPeriod", "Timeout", "Retries"] as const).every(
      (name) => (one[name] ?? 0) === (other[name] ?? 0),
    ) && sameCollection(one.Test, other.Test)
  );
}
