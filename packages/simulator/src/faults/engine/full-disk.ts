// The disk is full: what containers write into their layers and volumes is refused, and so is what the engine itself has
// to write. Seen on all three releases with a data root of 64 MB (docs/engine-facts.md, 6).

import { FileSystem } from "@dryharbor/kernel/host";
import { type EngineError, engineError } from "@dryharbor/sdk/port";
import type { Daemon } from "../../core/daemon.js";
import { seededRandom } from "../../core/random.js";
import { column, since26 } from "../../core/releases/row.js";
import { containerOf, type Subject } from "../calls/subject.js";

/** Fills the disk, or makes room on it. */
export function fillDisk(daemon: Daemon, isFull: boolean): void {
  for (const container of daemon.containers.byId.values()) {
    // A layer that comes with a first change would be an empty one.
    if (isFull) container.layer ??= new FileSystem(container.base);
    if (container.layer) container.layer.isFull = isFull;
  }
  for (const { files } of daemon.volumes.values()) files.isFull = isFull;
}

/** Returns the error of what the engine has to write for a call; `undefined` where that is nothing. */
export function diskRefusal(daemon: Daemon, subject: Subject): EngineError | undefined {
  const path = writtenBy(daemon, subject);
  return path === undefined ? undefined : engineError(500, `${path}: no space left on device`);
}

/** Whether a call tells of its failure in its progress, since its answer has begun. */
export function failsInProgress({ call }: Subject): boolean {
  return call === "images.load" || call === "images.pull";
}

const wordings = {
  /** The file of a layer that names it shortly. */
  link: since26(
    (_number: string) => "link",
    (number: string) => `.tmp-link${number}`,
  ),
  /** Why an archive of images is not unpacked. */
  unpacked: since26(
    (id: string) => `Error processing tar file(exit status 1): write /${id}/VERSION`,
    (id: string) => `write /blobs/sha256/${id}`,
  ),
  /** What the store of networks calls a network. */
  network: since26("network", "Network"),
};

/** Returns what the engine says of the file that it has to write for a call. */
function writtenBy(daemon: Daemon, subject: Subject): string | undefined {
  const root = daemon.settings.dataRoot;
  // What is drawn here is drawn from nothing else.
  const random = seededRandom(daemon.random.state);
  const temporary = (): string => String(random.below(0x1_0000_0000));
  const id = random.hex(64);
  const words = column(wordings, daemon.release.name);
  const link = words.link(temporary());
  const store = `write ${root}/network/files/local-kv.db`;
  const own = containerOf(daemon, subject)?.id ?? "";
  switch (subject.call) {
    case "containers.create":
      return `write ${root}/overlay2/${id}-init/${link}`;
    case "containers.commit":
    case "images.import":
      return `write ${root}/overlay2/${id}/${link}`;
    case "containers.start":
    case "containers.restart":
      return own === "" ? undefined : `write ${root}/containers/${own}/hosts`;
    case "containers.rename":
    case "containers.update":
      return own === "" ? undefined : `write ${root}/containers/${own}/.tmp-config.v2.json${temporary()}`;
    case "images.tag":
      return `write ${root}/image/overlay2/.tmp-repositories.json${temporary()}`;
    case "images.load":
      return words.unpacked(id);
    case "images.pull":
      return `write ${root}/tmp/GetImageBlob${temporary()}`;
    case "networks.create":
      return `failed to update store for object type *libnetwork.${words.network}: ${store}`;
    default:
      return undefined;
  }
}
