import type { EngineEvent } from "@dryharbor/sdk/port";
import { type FilterValues, matchesExactly, matchesLabels, matchesPrefix } from "../filters/match.js";

/** Kinds of things that a filter of their name picks by a prefix of id or name, whatever the event's own type is. */
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

/** Values that turn the `event` filter into one by prefix: the command follows after a colon. */
const actionsWithCommand = ["health_status", "exec_create", "exec_start"];

/** Whether `GET /events` with these filters tells of `event`. Keys that the engine does not know filter nothing. */
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

/** By the id or name of an image, or the image of a container, each with and without its tag. */
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
