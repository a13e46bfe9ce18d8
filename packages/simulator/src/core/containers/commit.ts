import { FileError } from "@dryharbor/kernel";
import { emptyTree, FileSystem, Files, rootInode, type Tree } from "@dryharbor/kernel/host";
import { type ContainerConfig, EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../daemon.js";
import { layerOfChanges } from "../images/changed-layer.js";
import { applyChanges } from "../images/changes/apply.js";
import { wholeConfig } from "../images/config.js";
import { hexOf } from "../images/digest.js";
import { emitImageEvent } from "../images/events.js";
import type { Image } from "../images/image.js";
import type { Layer } from "../images/layer.js";
import { addImage } from "../images/new-image.js";
import { hostPlatform, platformOf } from "../images/platform.js";
import type { Reference } from "../images/reference.js";
import { rootOf } from "../images/root.js";
import { addTag, readTarget, toldTag } from "../images/tag.js";
import { mergeConfig } from "./config.js";
import type { Container } from "./container.js";
import { initLayerSize } from "./disk-blocks.js";
import { emitContainerEvent } from "./events.js";
import { mountedPaths, ownFiles } from "./files.js";

/** The options of `POST /commit`. */
export interface CommitRequest {
  /** The image's name. Empty: the image gets no name. */
  readonly repo?: string;
  readonly tag?: string;
  readonly author?: string;
  readonly comment?: string;
  /** Lines of a Dockerfile that change the configuration, e.g. `ENV A=b`. */
  readonly changes?: readonly string[];
  /** The image's configuration, completed from the container's. `null` for the container's own. */
  readonly config?: ContainerConfig | null;
}

/**
 * `POST /commit`: makes an image of a container's files as they are now. The caller pauses the container
 * meanwhile.
 *
 * @throws 400 (500 on 20.10) for an invalid name, 400 for an invalid change
 */
export function commitContainer(daemon: Daemon, container: Container, request: CommitRequest): Image {
  const { comment = "", changes = [] } = request;
  const own = container.config as ContainerConfig;
  const config = {
    ...(!request.config && daemon.release.images.commitKeepsContainer && ofContainer(own)),
    ...changedConfig(daemon, own, request.config ?? own, changes),
  };
  const parent = parentOf(daemon, container);
  const { commitKeepsAuthor } = daemon.release.images;
  const author = request.author || (commitKeepsAuthor && parent?.author) || "";
  const layer = commitLayer(daemon, container, parent);
  const created = daemon.clock.now();
  const { Cmd } = own;
  const createdBy = typeof Cmd === "string" ? Cmd : (Cmd ?? []).join(" ");
  const image = addImage(
    daemon,
    {
      created,
      config,
      ...platformOf(parent ?? hostPlatform),
      layers: [...(parent?.layers ?? []), ...(layer ? [layer] : [])],
      history: [...(parent?.history ?? []), { created, createdBy, author, comment, empty: !layer }],
      parent: parent?.id ?? "",
      author,
      comment,
      container: { id: container.id, config: { ...own } },
    },
    parent,
  );
  if (daemon.release.images.commitCreatesImage) emitImageEvent(daemon, "create", image.id, image.id, image);
  // Newer releases have refused a wrong name before they looked at the container. 20.10 leaves the image without one.
  const reference = readCommitName(daemon, request);
  const imageRef = reference ? toldTag(daemon, reference) : "";
  if (reference) addTag(daemon, reference, image, imageRef);
  emitContainerEvent(daemon, container, "commit", { comment, imageID: image.id, imageRef });
  return image;
}

/** Reads the image's name; `undefined` for none. @throws 400 (500 on 20.10) for an invalid name */
export function readCommitName(
  daemon: Daemon,
  { repo = "", tag = "" }: CommitRequest,
): Reference | undefined {
  if (repo === "") return undefined;
  try {
    return readTarget(daemon, repo, tag);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(daemon.release.images.badCommitNameStatus, error.message);
  }
}

/** Applies the changes to the requested configuration and completes it from the container's own. */
function changedConfig(
  daemon: Daemon,
  own: ContainerConfig,
  asked: ContainerConfig,
  changes: readonly string[],
): Image["config"] {
  const changed = applyChanges(daemon.release, imageConfigOf(asked), changes);
  return imageConfigOf(mergeConfig({ Image: "", ...changed }, imageConfigOf(own)));
}

/** Returns the fields of a configuration that only containers use. */
function ofContainer(config: ContainerConfig): Partial<ContainerConfig> {
  const { Hostname, Domainname, AttachStdin, AttachStdout, AttachStderr, Tty, OpenStdin, StdinOnce, Image } =
    config;
  const kept = {
    Hostname,
    Domainname,
    AttachStdin,
    AttachStdout,
    AttachStderr,
    Tty,
    OpenStdin,
    StdinOnce,
    Image,
  };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}

/** Returns the fields of a container's configuration that an image keeps. */
function imageConfigOf(config: ContainerConfig & { OnBuild?: string[] | null }): Image["config"] {
  const words = (command: string[] | string | null | undefined) =>
    typeof command === "string" ? [command] : (command?.slice() ?? null);
  return wholeConfig({
    User: config.User ?? "",
    Env: config.Env?.slice() ?? null,
    Cmd: words(config.Cmd),
    WorkingDir: config.WorkingDir ?? "",
    Entrypoint: words(config.Entrypoint),
    OnBuild: config.OnBuild ?? null,
    Labels: config.Labels ?? null,
    Volumes: config.Volumes ?? null,
    ...(config.ExposedPorts && { ExposedPorts: config.ExposedPorts }),
    ...(config.StopSignal && { StopSignal: config.StopSignal }),
    ...(config.Healthcheck && { Healthcheck: config.Healthcheck }),
  });
}

/** Returns the image that the container was made from. @throws 404 (500 on 20.10) when it has been removed */
function parentOf(daemon: Daemon, { image }: Container): Image | undefined {
  if (!image || daemon.images.get(image.id)) return image ?? undefined;
  const { goneParent, goneParentStatus } = daemon.release.images;
  const path = `${daemon.settings.dataRoot}/image/overlay2/imagedb/content/sha256/${hexOf(image.id)}`;
  throw engineError(goneParentStatus, goneParent(image.id, path));
}

/** Makes the layer of the container's changes. Returns `undefined` when nothing has changed. */
export function commitLayer(
  daemon: Daemon,
  container: Container,
  parent: Image | undefined,
): Layer | undefined {
  const layer = changedLayer(daemon, container, parent ? rootOf(parent) : emptyTree);
  return layer && daemon.release.images.storesContent ? { ...layer, init: initLayerSize(parent) } : layer;
}

function changedLayer(daemon: Daemon, container: Container, below: Tree): Layer | undefined {
  const { layer, paths } = container;
  if (paths.copied && daemon.release.images.commitHasCopiedEtc) {
    const { files, system, copied } = withCopiedEtc(container);
    return layerOfChanges(daemon, files, system, below, copied);
  }
  return layer ? layerOfChanges(daemon, ownFiles(daemon, container), layer, below) : undefined;
}

/** Returns the container's own files with those over which the engine has mounted its own, which are empty at first. */
function withCopiedEtc({ base, layer, created }: Container) {
  const system = new FileSystem(base, layer?.changed);
  const mount = { files: () => system, change: () => system, root: rootInode };
  const files = new Files(new Map([["/", mount]]), () => created);
  const copied = ["/etc", ...mountedPaths].filter((path) => {
    try {
      if (path === "/etc") files.makeDirectories(path, 0o755);
      else if (!files.isThere(path)) files.write(path, "", { mode: 0o755 });
      return true;
    } catch (error) {
      // There is a file in the place of the directory.
      if (!(error instanceof FileError)) throw error;
      return false;
    }
  });
  return { files, system, copied };
}
