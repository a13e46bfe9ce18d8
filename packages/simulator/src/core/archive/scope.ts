import { FileError, type Files } from "@dryharbor/kernel";

const mostLinks = 255;

/**
 * Resolves all links of a path, so that nothing leads out of the root, as moby's symlink.FollowSymlinkInScope does. A missing
 * part of the path counts as no link. @throws {FileError} ELOOP
 */
export function withinScope(files: Files, path: string): string {
  const left = path.split("/").filter((part) => part !== "" && part !== ".");
  let current = "";
  for (let links = 0; ; ) {
    const part = left.shift();
    if (part === undefined) return current || "/";
    const next = part === ".." ? current.slice(0, current.lastIndexOf("/")) : `${current}/${part}`;
    if (part !== ".." && files.isThere(next) && files.lstat(next).type === "symlink") {
      if (++links > mostLinks) throw new FileError("ELOOP");
      const target = files.readlink(next);
      if (target.startsWith("/")) current = "";
      left.unshift(...target.split("/").filter((step) => step !== "" && step !== "."));
    } else current = next;
  }
}

/** Returns whether the words of a path alone lead out of the root, whatever links there are. */
export function leadsOut(path: string): boolean {
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth--;
    else if (part !== "" && part !== ".") depth++;
    if (depth < 0) return true;
  }
  return false;
}
