import { FileError, type Files, type Resolver } from "@dryharbor/kernel";
import { glibc } from "./glibc/lookup.js";
import { musl } from "./musl/lookup.js";

/** Returns how names are looked up in a system: as musl does it where its loader is there, and otherwise as glibc does. */
export function resolverOf(files: Files): Resolver {
  return hasMusl(files) ? musl : glibc;
}

/** Returns whether the programs of a system are linked with musl. */
export function hasMusl(files: Files): boolean {
  try {
    return files.list("/lib").some((name) => name.startsWith("ld-musl-"));
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}
