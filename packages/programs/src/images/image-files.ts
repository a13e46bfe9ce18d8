import type { Files } from "@dryharbor/kernel";
import { alpineLayout, alpineReleases } from "./alpine.js";
import { busyboxLayout } from "./busybox.js";
import { curlOf } from "./curl.js";
import { debianLayout, debianReleases } from "./debian.js";
import { entryScript } from "./entry-script.js";
import type { EntryScript, ImageFacts } from "./facts.js";
import { addProgram, type Layout, layOut } from "./layout.js";
import { packages } from "./packages.js";
import { type ImageName, type ResolvedImage, resolveImage } from "./resolve.js";

/** The files of a system, on which those of images are based. */
export interface SystemFiles {
  /** Two systems with the same key have the same files. */
  readonly key: string;
  add(files: Files): void;
}

/** Returns the system of an image; Alpine's for an image that nobody has described. */
export function systemOf(name: ImageName): SystemFiles {
  const image = resolveImage(name);
  const base = image?.facts.base ?? "alpine";
  const release = image ? image.release : alpineReleases[0];
  return {
    key: `${base} ${typeof release === "object" ? release.codename : release}`,
    add(files) {
      const layout = layoutOf(base, release);
      if (layout) layOut(files, layout);
    },
  };
}

/**
 * Creates the files of an image, over those of its system.
 *
 * @param programs the absolute paths of further programs
 */
export function addImageFiles(files: Files, name: ImageName, programs: Iterable<string>): void {
  const image = resolveImage(name);
  if (image) addOwn(files, image);
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

function addOwn(files: Files, image: ResolvedImage): void {
  const { facts } = image;
  const { users, groups, directories = "", links, texts, modes, programs, script } = facts;
  layOut(files, {
    directories,
    ...(links !== undefined && { links }),
    ...(texts && { texts }),
    ...(modes !== undefined && { modes }),
    ...(users !== undefined && { users }),
    ...(groups !== undefined && { groups }),
    ...(programs && { programs }),
  });
  for (const name of facts.packages ?? []) layOut(files, { directories: "", programs: packages[name] ?? {} });
  if (files.exists(curlPath)) files.write(curlPath, curlOf(image, facts.curl), { mode: 0o777 });
  if (script) {
    files.makeDirectories(script.path.slice(0, script.path.lastIndexOf("/")) || "/", 0o755);
    files.write(script.path, script.text ?? entryScript(script), { mode: 0o777 });
    scripts.set(files.content(script.path), script);
  }
  if (facts.workdir) files.makeDirectories(facts.workdir, 0o755);
}

/** Where all images that have curl have it. */
const curlPath = "/usr/bin/curl";

function layoutOf(base: ImageFacts["base"], release: ResolvedImage["release"]): Layout | undefined {
  if (base === "alpine") return alpineLayout(String(release));
  if (base === "busybox") return busyboxLayout;
  if (base === "scratch") return undefined;
  return debianLayout(
    typeof release === "object" ? release : (debianReleases[0] as (typeof debianReleases)[0]),
  );
}
