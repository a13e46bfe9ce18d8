import { type FileSystem, Files, rootInode } from "@dryharbor/kernel/host";
import type { ContainerConfig } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { wholeConfig } from "../images/config.js";
import type { Image } from "../images/image.js";
import type { Layer } from "../images/layer.js";
import { addImage } from "../images/new-image.js";
import { hostPlatform, type Platform, platformOf } from "../images/platform.js";
import { buildsOf } from "../releases/builds.js";

/** What a step of a build has made. */
export interface Step {
  readonly author: string;
  /** The configuration of the image. */
  readonly config: StepConfig;
  /** The container's configuration, by which the cache knows the step. */
  readonly containerConfig: StepConfig;
  /** The container; empty for a step without one. */
  readonly container: string;
  readonly layer: Layer | undefined;
}

/** A configuration of an image or a container, as the builder has it. */
export type StepConfig = Image["config"] & Partial<ContainerConfig>;

/** Adds the image of a step. @param parent the image below it; `undefined` for scratch */
export function addStepImage(
  daemon: Daemon,
  parent: Image | undefined,
  platform: Platform | undefined,
  { author, config, containerConfig, container, layer }: Step,
): Image {
  const created = daemon.clock.now();
  const { Cmd } = containerConfig;
  const createdBy = (Array.isArray(Cmd) ? Cmd : []).join(" ");
  const { Image: below, ...own } = config;
  return addImage(
    daemon,
    {
      created,
      config: {
        ...wholeConfig(own),
        ...(buildsOf(daemon.release).keepsParentInConfig && below && { Image: below }),
      },
      ...platformOf(parent ?? platform ?? hostPlatform),
      layers: [...(parent?.layers ?? []), ...(layer ? [layer] : [])],
      history: [...(parent?.history ?? []), { created, createdBy, author, comment: "", empty: !layer }],
      parent: parent?.id ?? "",
      author,
      comment: "",
      container: { id: container, config: containerConfig as ContainerConfig },
    },
    parent,
  );
}

/** Returns files over a tree. */
export function filesOver({ clock }: Daemon, system: FileSystem): Files {
  const mount = { files: () => system, change: () => system, root: rootInode };
  return new Files(new Map([["/", mount]]), () => clock.now());
}
