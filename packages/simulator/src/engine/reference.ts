import { UsageError } from "@dryharbor/sdk/port";

/**
 * What a call names something by, as it comes out of the path of a request. Empty, `.` and `..`
 * would be another route there, so no client can ask about them.
 */
export function reference(text: string): string {
  const spelled = String(text);
  if (spelled === "" || spelled === "." || spelled === "..") {
    throw new UsageError(`the Engine API cannot be asked about "${spelled}": give a name or an id`);
  }
  return spelled;
}

/** A container's: the slash that inspect shows in front of a name cannot stand in a path. */
export function containerReference(text: string): string {
  const spelled = String(text);
  return reference(spelled.startsWith("/") ? spelled.slice(1) : spelled);
}
