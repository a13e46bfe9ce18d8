import { withoutTrailing } from "@dryharbor/kernel/patterns";
/** A path as Go's path.Join("/", path) has it: absolute, without `.`, `..` and doubled slashes. */
export function cleanPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The same, with what stood at the end of `path`, a slash or a dot: it says that a directory is meant. */
export function cleanAsMeant(path: string, clean = cleanPath(path)): string {
  if (baseName(path) === ".") return clean.endsWith("/") ? `${clean}.` : `${clean}/.`;
  return path.endsWith("/") && !clean.endsWith("/") ? `${clean}/` : clean;
}

/** Its last name, as Go's path.Base has it. */
export function baseName(path: string): string {
  if (path === "") return ".";
  const trimmed = withoutTrailing(path, "/");
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

/** What is before its last name; `/` for the root. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
