// What the engine does with the sources of bind mounts: it makes missing directories, or refuses.

import { FileError, type FileErrorCode } from "@dryharbor/kernel";
import type { Container } from "../containers/container.js";
import type { Daemon } from "../daemon.js";
import { hostFiles, hostTree } from "../host/files.js";

/**
 * Returns why the source of a mount cannot be bound, in the engine's words, or `undefined`.
 *
 * @param makes whether a start makes it where it is missing
 */
export function sourceProblem(daemon: Daemon, source: string, makes: boolean): string | undefined {
  const tree = hostTree(daemon, source);
  if (typeof tree !== "string" || (makes && tree === "ENOENT")) return undefined;
  if (tree === "ENOENT") return `bind source path does not exist: ${source}`;
  return `stat ${source}: ${textOf(tree)}`;
}

/** What is wrong with the source of a bind. */
interface SourceProblem {
  /** It must exist, and does not. */
  readonly missing: boolean;
  readonly text: string;
  readonly destination: string;
}

/**
 * Makes the missing directories that a container's binds mount, before a start and before an archive is read
 * or written. Returns why that is not possible, or `undefined`.
 *
 * @param options `ofStart`: what is below a file is left to the runtime, which refuses it later
 */
export function makeSources(
  daemon: Daemon,
  { mounts }: Container,
  { ofStart = false }: { readonly ofStart?: boolean } = {},
): SourceProblem | undefined {
  for (const { type, source, destination, keepsSource } of mounts ?? []) {
    if (type !== "bind") continue;
    const tree = hostTree(daemon, source);
    if (typeof tree !== "string") continue;
    if (tree !== "ENOENT") {
      if (ofStart && tree === "ENOTDIR") continue;
      return { missing: false, text: `stat ${source}: ${textOf(tree)}`, destination };
    }
    if (keepsSource) return { missing: true, text: `stat ${source}: ${textOf(tree)}`, destination };
    const text = makeSource(daemon, source);
    if (text !== undefined) return { missing: false, text, destination };
  }
  return undefined;
}

function makeSource(daemon: Daemon, source: string): string | undefined {
  const files = hostFiles(daemon).with({ umask: 0 });
  const parts = source.split("/").filter((part) => part !== "");
  let path = "";
  for (const part of parts) {
    path += `/${part}`;
    if (files.isDirectory(path)) continue;
    try {
      files.mkdir(path, 0o755);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const why = error.message.toLowerCase();
      return `error while creating mount source path '${source}': mkdir ${path}: ${why}`;
    }
  }
  return undefined;
}

function textOf(code: FileErrorCode): string {
  return new FileError(code).message.toLowerCase();
}
