import { escapedPath, unescaped } from "./escapes.js";
import type { HttpResponse } from "./message.js";

/** What a request asks for. */
export interface Target {
  /** Without its escapes. */
  readonly path: string;
  /** With them; `undefined` where there is no question mark. */
  readonly query: string | undefined;
}

/** Takes the target of a request line apart. `undefined`: it is none. */
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

/** A path without `.`, `..` and slashes too many; one at the end stays. */
export function cleanPath(path: string): string {
  // Nearly all are.
  if (path.startsWith("/") && !path.includes("//") && !path.includes("/.")) return path;
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  const clean = `/${parts.join("/")}`;
  return path.endsWith("/") && clean !== "/" ? `${clean}/` : clean;
}

/** The router's own answer to a path that is not clean. */
export function movedTo(path: string, query: string | undefined): HttpResponse {
  const Location = query === undefined ? escapedPath(path) : `${escapedPath(path)}?${query}`;
  return { status: 301, headers: { Location } };
}
