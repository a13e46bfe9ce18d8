import { FileSystem, Files, rootInode } from "@dryharbor/kernel/host";
import { tarOf } from "@dryharbor/kernel/tar";
import { packedFiles } from "../archive/pack.js";
import type { Daemon } from "../daemon.js";
import type { Image } from "./image.js";
import { rootOf } from "./root.js";

/** Returns the archive of all files of an image that was defined. */
export function madeUpArchive({ release }: Daemon, image: Image): Uint8Array {
  const system = new FileSystem(rootOf(image));
  const mount = { files: () => system, change: undefined, root: rootInode };
  return tarOf(packedFiles(release, new Files(new Map([["/", mount]]), () => 0n), "/", ""));
}
