import { emptyTree, FileSystem, Files, rootInode } from "@dryharbor/kernel/host";
import { PathList } from "@dryharbor/kernel/path-list";
import { type OtherTarEntry, readEveryEntry, type TarEntry, TarError } from "@dryharbor/kernel/tar";
import { engineError } from "@dryharbor/sdk/port";
import type { Archive } from "../archive/archive.js";
import { cleanPath } from "../archive/path.js";
import { leadsOut, withinScope } from "../archive/scope.js";
import { unpack } from "../archive/unpack.js";
import { UnpackError } from "../archive/unpack-error.js";
import type { Daemon } from "../daemon.js";
import { type Dockerfile, readDockerfile, saying } from "./dockerfile/read-dockerfile.js";
import type { Source } from "./source.js";
import { sumOf } from "./sum.js";

/** What a client sent for a build: its files, and the Dockerfile among them. */
export interface Context {
  readonly source: Source;
  readonly dockerfile: Dockerfile;
}

/**
 * Unpacks a context and reads its Dockerfile.
 *
 * @param name of the Dockerfile; empty for the usual one
 * @throws 500 there is no archive, or no Dockerfile in it; 400 the Dockerfile cannot be read
 */
export function readContext(daemon: Daemon, archive: Archive, name: string): Context {
  const sums = new Map<string, string>();
  const system = new FileSystem(emptyTree);
  const mount = { files: () => system, change: () => system, root: rootInode };
  const files = new Files(new Map([["/", mount]]), () => daemon.clock.now());
  const { archives } = daemon.release;
  let begun = false;
  let problem: string | undefined;
  try {
    const entries: (TarEntry | OtherTarEntry)[] = [];
    for (const entry of readEveryEntry(archive.read())) {
      begun = true;
      if (isUnwritable(entry)) {
        problem = archives.unwritableContext;
        break;
      }
      entries.push(entry);
      if (entry.type === "other") continue;
      const path = cleanPath(entry.name).slice(1);
      const { userName: _, groupName: __, ...summed } = entry;
      if (!sums.has(path)) sums.set(path, sumOf(summed));
    }
    unpack(files, "/", entries, { style: archives.unpacking, onDisk: true });
    if (problem !== undefined) throw new UnpackError(problem);
  } catch (error) {
    if (!(error instanceof TarError || error instanceof UnpackError)) throw error;
    // Where not even a first header comes, the process that would unpack never sees anything.
    throw engineError(500, begun ? archives.unpackFailure(error.message) : error.message);
  }
  const dockerfile = dockerfileOf(daemon, files, name || usual);
  return {
    dockerfile,
    source: {
      files,
      missing: "file not found in build context or excluded by .dockerignore: ",
      // What the archive did not name, such as the root, is known by its name.
      sum: (path) => sums.get(withinScope(files, path).slice(1)) ?? path,
    },
  };
}

/** Returns whether Go's archive/tar does not write an entry, as the engine does while it sums a context. */
function isUnwritable({ name, type }: TarEntry | OtherTarEntry): boolean {
  return name.endsWith("/") && ["file", "fifo", "character device", "block device"].includes(type);
}

const usual = "Dockerfile";

function dockerfileOf(daemon: Daemon, files: Files, name: string): Dockerfile {
  if (leadsOut(name)) throw engineError(500, `forbidden path outside the build context: ${name} ()`);
  const path = withinScope(files, name);
  if (!files.exists(path)) {
    const lower = name.toLowerCase();
    if (name === usual && files.exists(withinScope(files, lower))) return dockerfileOf(daemon, files, lower);
    throw engineError(500, `Cannot locate specified Dockerfile: ${name}`);
  }
  if (files.isDirectory(path)) {
    throw engineError(500, `unexpected error reading Dockerfile: read ${path}: is a directory`);
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(files.content(path));
  if (text === "") throw engineError(400, `the Dockerfile (${name}) cannot be empty`);
  const dockerfile = saying(`failed to parse ${name}: `, () => readDockerfile(daemon.release, text), 400);
  removeIgnored(files, name);
  return dockerfile;
}

/** Clients send these two although `.dockerignore` names them, since the engine reads them. */
function removeIgnored(files: Files, dockerfile: string): void {
  const list = withinScope(files, ".dockerignore");
  if (!files.exists(list)) return;
  const ignored = new PathList(new TextDecoder().decode(files.content(list)));
  for (const name of [".dockerignore", dockerfile]) {
    const path = withinScope(files, name);
    if (ignored.has(cleanPath(name).slice(1)) && files.isThere(path)) files.remove(path);
  }
}
