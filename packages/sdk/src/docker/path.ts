import { UsageError } from "../errors.js";

/** A name as it can stand in a path of the Engine API. @throws {UsageError} it would be another path */
export function pathSegment(name: string): string {
  // Such a segment would change which route is asked: no name at all, for one, asks for the list.
  if (/^\.{0,2}$/.test(name)) {
    throw new UsageError(`the Engine API cannot be asked about "${name}": give a name or an id`);
  }
  return encodeURIComponent(name);
}

/**
 * A container as it can stand in a path. Inspect shows names with a slash in front, and the engine
 * takes them so everywhere but here, where it would answer with a redirect.
 */
export function containerSegment(container: string): string {
  return pathSegment(container.replace(/^\//, ""));
}
