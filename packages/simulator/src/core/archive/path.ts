import { withoutTrailing } from "@dryharbor/kernel/patterns";
/** Returns a path as Go's path.Join("/", path) does: absolute, without `.`, `..` and repeated slashes. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/**
 * Returns the clean path with the slash or dot that ended `path`, since it says that a directory is meant.
 */
export function cleanAsMeant(path: string, clean = cleanPath(path)): string {
  if (baseName(path) === ".") return clean.endsWith("/") ? `${clean}.` : `${clean}/.`;
  return path.endsWith("/") && !clean.endsWith("/") ? `${clean}/` : clean;
}

/** Returns the last name of a path, as Go's path.Base does. */
export function baseName(path: string): string {
  if (path === "") return ".";
  const trimmed = withoutTrailing(path, "/");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** Returns the path without its last name; `/` for the root. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
