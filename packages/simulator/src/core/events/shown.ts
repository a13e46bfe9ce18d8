import type { EngineEvent } from "@dryharbor/sdk/port";
import { isOlder } from "../api-version.js";
import { sortedByKey } from "../go-order.js";
import type { Release } from "../releases/release.js";

/**
 * Shows an event as clients of an API version see it; `undefined` where they do not. `status`, `id` and `from`
 * are from before API 1.22. An engine that has them no more puts them back for older clients.
 */
export function eventFor(
  { events }: Release,
  event: EngineEvent,
  apiVersion: string,
): EngineEvent | undefined {
  const { olderFieldsBefore, imageCreateSince } = events;
  const { Type, Action, Actor } = event;
  if (imageCreateSince !== "" && isOlder(apiVersion, imageCreateSince)) {
    if (Type === "image" && Action === "create") return undefined;
  }
  if (olderFieldsBefore === "") return event;
  const { status: _status, id: _id, from: _from, ...fields } = event;
  const hasOlder = Type === "container" || Type === "image";
  if (!hasOlder || !isOlder(apiVersion, olderFieldsBefore)) return fields;
  const older = {
    ...fields,
    Actor: sortedByKey({ ...Actor }),
    id: Actor.ID,
    status: Action,
    ...(Type === "container" && { from: Actor.Attributes.image ?? "" }),
  };
  return sortedByKey(older) as unknown as EngineEvent;
}
