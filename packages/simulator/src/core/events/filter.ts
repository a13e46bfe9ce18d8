import type { EngineEvent } from "@dryharbor/sdk/port";
import { type FilterValues, matchesExactly, matchesLabels, matchesPrefix } from "../filters/match.js";

/**
 * Kinds of objects with a filter of their own, which compares a prefix of an event's id or name, whatever its
 * type.
 */
const namedKinds = [
  "daemon",
  "container",
  "plugin",
  "volume",
  "network",
  "service",
  "node",
  "secret",
  "config",
] as const;

/** Actions with a command after a colon. A filter `event` with one of them compares prefixes. */
const actionsWithCommand = ["health_status", "exec_create", "exec_start"];

/** Returns whether `GET /events` with these filters shows the event. Unknown filters are ignored. */
export function matchesEventFilters(event: EngineEvent, filters: FilterValues): boolean {
  const { ID: id, Attributes: attributes } = event.Actor;
  const name = attributes.name ?? "";
  return (
    matchesAction(event.Action, filters) &&
    matchesExactly(filters, "type", event.Type) &&
    matchesExactly(filters, "scope", event.scope) &&
    namedKinds.every((kind) => matchesPrefix(filters, kind, id) || matchesPrefix(filters, kind, name)) &&
    matchesImage(event, filters) &&
    matchesLabels(filters, "label", attributes)
  );
}

function matchesAction(action: string, filters: FilterValues): boolean {
  const byPrefix = filters.event?.some((value) => actionsWithCommand.includes(value)) ?? false;
  return byPrefix ? matchesPrefix(filters, "event", action) : matchesExactly(filters, "event", action);
}

/** Compares the id or name of an image, or the image of a container, each with and without its tag. */
function matchesImage(event: EngineEvent, filters: FilterValues): boolean {
  const { ID: id, Attributes: attributes } = event.Actor;
  const image = (event.Type === "image" ? attributes.name : attributes.image) ?? "";
  return [id, image, withoutTag(id), withoutTag(image)].some((text) =>
    matchesExactly(filters, "image", text),
  );
}

function withoutTag(reference: string): string {
  return reference.replace(/@.*$/, "").replace(/:[^:/]*$/, "");
}
