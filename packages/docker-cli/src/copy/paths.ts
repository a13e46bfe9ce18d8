// Paths as Go's path/filepath and docker's copying take them.
import { absolutePath } from "@dryharbor/kernel";

/** Shortens a path as Go's filepath.Clean does. */
export function clean(path: string): string {
  if (path === "") return ".";
  const isAbsolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!isAbsolute) parts.push(part);
  }
  return isAbsolute ? `/${parts.join("/")}` : parts.join("/") || ".";
}

export function join(...parts: readonly string[]): string {
  return clean(parts.filter((part) => part !== "").join("/"));
}

/** The directory and the last name of a path. A `.` at the end is a name. */
export function splitEntry(path: string): { readonly directory: string; readonly name: string } {
  let cleaned = clean(path);
  if (namesItself(path)) cleaned += "/.";
  const at = cleaned.lastIndexOf("/");
  return {
    directory: at < 0 ? "." : clean(cleaned.slice(0, at) || "/"),
    name: cleaned === "/" ? "/" : cleaned.slice(at + 1),
  };
}

/** The path to which a link leads. */
export function linked(link: string, target: string): string {
  return target.startsWith("/") ? target : join(splitEntry(link).directory, target);
}

/** Whether a path says by its end that it means a directory. */
export function meansDirectory(path: string): boolean {
  return path.endsWith("/") || namesItself(path);
}

function namesItself(path: string): boolean {
  return path === "." || /\/\.\/*$/.test(path);
}

/** A path of the client's machine in full. What its end says stays. */
export function localPath(path: string, cwd: string): string {
  const whole = clean(absolutePath(path, cwd));
  if (!namesItself(whole) && namesItself(path)) return `${whole === "/" ? "" : whole}/.`;
  return path.endsWith("/") && !whole.endsWith("/") ? `${whole}/` : whole;
}
