import type { Files, Resolver } from "@dryharbor/kernel";
import { glibc } from "./glibc/lookup.js";
import { hasMusl } from "./has-musl.js";
import { musl } from "./musl/lookup.js";

/** Returns how names are looked up in a system: as musl does it where its loader is there, and otherwise as glibc does. */
export function resolverOf(files: Files): Resolver {
  return hasMusl(files) ? musl : glibc;
}
