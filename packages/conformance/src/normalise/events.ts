import type { EngineEvent } from "@dryharbor/sdk/port";
import { byText, normalise } from "./normalise.js";
import type { Symbols } from "./symbols.js";

/**
 * What different goroutines of the engine tell, or one that goes over a map: these take any place among the
 * events of their command (facts, section 7).
 */
const anywhere = new Set(["die", "stop", "connect", "disconnect", "destroy", "unpause", "exec_die", "kill"]);

/** The events of one command: those whose order is certain, then the others as a set. */
export function normaliseEvents(events: readonly EngineEvent[], symbols: Symbols): unknown {
  const inPlace = events.filter(({ Action }) => !anywhere.has(Action));
  const others = events.filter(({ Action }) => anywhere.has(Action));
  const normal = (event: EngineEvent) => normalise(withoutTime(event), symbols);
  return { inOrder: inPlace.map(normal), inAnyOrder: others.map(normal).sort(byText) };
}

function withoutTime({ time: _, timeNano: __, Actor, ...event }: EngineEvent): unknown {
  // Whole seconds that a process took.
  const { execDuration, ...attributes } = Actor.Attributes;
  if (execDuration !== undefined) attributes.execDuration = "<seconds>";
  return { ...event, Actor: { ...Actor, Attributes: attributes } };
}
