import { absolutePath } from "./paths.js";
import type { ProcessContext } from "./program.js";

/** A file's text, or why it cannot be had, as strerror says it; `directory` opens and cannot be read. */
export type Opened = { readonly text: string } | { readonly problem: string; readonly opens: boolean };

/** Opens a file for reading, by its path as spelt. */
export function openFile({ container, cwd }: ProcessContext, path: string): Opened {
  const absolute = absolutePath(path, cwd);
  const text = path === "" ? undefined : container.readFile(absolute);
  if (text !== undefined) {
    return path.endsWith("/") ? { problem: "Not a directory", opens: false } : { text };
  }
  if (path !== "" && container.isDirectory(absolute)) return { problem: "Is a directory", opens: true };
  const behindFile = container.readFile(absolute.slice(0, absolute.lastIndexOf("/"))) !== undefined;
  const problem = path !== "" && behindFile ? "Not a directory" : "No such file or directory";
  return { problem, opens: false };
}
