/** Returns a name in an archive as Go's path.Clean does: without `.` and repeated slashes, with `..` only at its start. */
export function cleanName(name: string): string {
  const isAbsolute = name.startsWith("/");
  const parts: string[] = [];
  for (const part of name.split("/")) {
    if (part === "..") {
      if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
      else if (!isAbsolute) parts.push(part);
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  const joined = parts.join("/");
  return isAbsolute ? `/${joined}` : joined || ".";
}

/** Returns whether a clean name leads out of its directory. */
export function isOutside(name: string): boolean {
  return name === ".." || name.startsWith("../");
}
