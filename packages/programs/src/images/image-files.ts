import type { Files } from "@dryharbor/kernel";
import { alpineLayout, alpineReleases } from "./alpine.js";
import { busyboxLayout } from "./busybox.js";
import { debianLayout, debianReleases } from "./debian.js";
import { entryScript } from "./entry-script.js";
import type { EntryScript, ImageFacts } from "./facts.js";
import { addProgram, type Layout, layOut } from "./layout.js";
import { packages } from "./packages.js";
import { type ImageName, type ResolvedImage, resolveImage } from "./resolve.js";

/**
 * Creates the files of an image. One that nobody has described has Alpine's, with all programs.
 *
 * @param programs the absolute paths of further programs
 */
export function addImageFiles(files: Files, name: ImageName, programs: Iterable<string>): void {
  const image = resolveImage(name);
  if (image) addKnown(files, image);
  else layOut(files, alpineLayout(alpineReleases[0] as string));
  for (const path of programs) if (!isInPath(files, path)) addProgram(files, path);
}

/** Returns what the script at a path does, if it is the entry point of a known image as the image has it. */
export function entryPointOf(files: Files, path: string): EntryScript | undefined {
  const content = files.executable(path)?.content;
  return content && scripts.get(content);
}

/** By content, since the containers of an image share it. */
const scripts = new WeakMap<Uint8Array, EntryScript>();

/** Returns whether a directory of the usual `PATH` has a program of this name. */
function isInPath(files: Files, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].some((directory) =>
    files.isThere(`${directory}/${name}`),
  );
}

function addKnown(files: Files, { facts, release }: ResolvedImage): void {
  const { users, groups, directories = "", links, texts, programs, script } = facts;
  const base = layoutOf(facts.base, release);
  if (base) layOut(files, base);
  layOut(files, {
    directories,
    ...(links !== undefined && { links }),
    ...(texts && { texts }),
    ...(users !== undefined && { users }),
    ...(groups !== undefined && { groups }),
    ...(programs && { programs }),
  });
  for (const name of facts.packages ?? []) layOut(files, { directories: "", programs: packages[name] ?? {} });
  if (script) {
    files.makeDirectories(script.path.slice(0, script.path.lastIndexOf("/")) || "/", 0o755);
    files.write(script.path, entryScript(script), { mode: 0o777 });
    scripts.set(files.content(script.path), script);
  }
  if (facts.workdir) files.makeDirectories(facts.workdir, 0o755);
}

function layoutOf(base: ImageFacts["base"], release: ResolvedImage["release"]): Layout | undefined {
  if (base === "alpine") return alpineLayout(String(release));
  if (base === "busybox") return busyboxLayout;
  if (base === "scratch") return undefined;
  return debianLayout(
    typeof release === "object" ? release : (debianReleases[0] as (typeof debianReleases)[0]),
  );
}
