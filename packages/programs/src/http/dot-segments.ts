/**
 * Follows `.`, `..` and empty segments of a decoded path, as web servers do before they look for a file. Returns
 * `undefined` where the path leads above its root.
 */
export function withoutDotSegments(path: string): string | undefined {
  const parts: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (segment === "..") {
      if (parts.pop() === undefined) return undefined;
      if (isLast) parts.push("");
    } else if (segment === "." || (segment === "" && !isLast)) {
      if (isLast) parts.push("");
    } else parts.push(segment);
  }
  return `/${parts.join("/")}`;
}
