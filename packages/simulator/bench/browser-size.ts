import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entryOf, type Subject } from "./subject.js";

/** Bytes that a browser loads before the first call: minified, and compressed as servers do by gzip. */
export interface BrowserSize {
  readonly minified: number;
  readonly compressed: number;
}

/** Bundles a subject's entry as the check for browsers does. */
export function measureBrowserSize(subject: Subject): BrowserSize {
  const program = fileURLToPath(new URL("../../../tools/bundle-for-browser.mjs", import.meta.url));
  const entry = fileURLToPath(entryOf(subject));
  return JSON.parse(execFileSync(process.execPath, [program, "--json", entry], { encoding: "utf8" }));
}
