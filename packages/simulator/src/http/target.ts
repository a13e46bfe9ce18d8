import { escapedPath, unescaped } from "./escapes.js";
import type { HttpResponse } from "./message.js";

/** The target of a request, split. */
export interface Target {
  /** The path with its escapes decoded. */
  readonly path: string;
  /** The query with its escapes; `undefined` when there is no question mark. */
  readonly query: string | undefined;
}

/** Splits the target of a request line. Returns `undefined` for an invalid one. */
export function targetOf(text: string): Target | undefined {
  const local = text.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, "");
  const mark = local.indexOf("?");
  const path = mark < 0 ? local : local.slice(0, mark);
  if (!path.startsWith("/") && path !== "*") return undefined;
  try {
    return { path: unescaped(path), query: mark < 0 ? undefined : local.slice(mark + 1) };
  } catch {
    return undefined;
  }
}

/** Removes `.`, `..` and repeated slashes from a path. A slash at the end stays. */
export function cleanPath(path: string): string {
  // Nearly all paths are clean.
  if (path.startsWith("/") && !path.includes("//") && !path.includes("/.")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const clean = `/${parts.join("/")}`;
  return path.endsWith("/") && clean !== "/" ? `${clean}/` : clean;
}

/** Returns the router's redirect from a path that is not clean. */
export function movedTo(path: string, query: string | undefined): HttpResponse {
  const Location = query === undefined ? escapedPath(path) : `${escapedPath(path)}?${query}`;
  return { status: 301, headers: { Location } };
}
