import type { EngineEvent } from "@dryharbor/sdk/port";
import { loosenedAttributes, loosenedEvents, repeatedEvents } from "../compare/loosened.js";
import { byText, normalise } from "./normalise.js";
import type { Symbols } from "./symbols.js";

/**
 * Normalises the events of one command: first the events whose order is certain, then the others as a set.
 */
export function normaliseEvents(all: readonly EngineEvent[], symbols: Symbols): unknown {
  const isEqual = (one: EngineEvent, other: EngineEvent) =>
    one.Action === other.Action && JSON.stringify(one.Actor) === JSON.stringify(other.Actor);
  const events = all.filter(
    (event, place) =>
      !repeatedEvents.some(({ actions }) => actions.has(event.Action)) ||
      all.findIndex((other) => isEqual(other, event)) === place,
  );
  const inPlace = events.filter(({ Action }) => !loosenedEvents.actions.has(Action));
  const others = events.filter(({ Action }) => loosenedEvents.actions.has(Action));
  const normal = (event: EngineEvent) => normalise(withoutTime(event), symbols);
  return { inOrder: inPlace.map(normal), inAnyOrder: others.map(normal).sort(byText) };
}

function withoutTime({ time: _, timeNano: __, Actor, ...event }: EngineEvent): unknown {
  const attributes = Object.entries(Actor.Attributes).map(([name, value]) => [
    name,
    loosenedAttributes[name]?.by ?? value,
  ]);
  return { ...event, Actor: { ...Actor, Attributes: Object.fromEntries(attributes) } };
}
