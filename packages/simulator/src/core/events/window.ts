import type { Clock } from "@dryharbor/kernel/host";
import { type EngineEvent, engineError } from "@dryharbor/sdk/port";
import type { FilterValues } from "../filters/match.js";
import type { Release } from "../releases/release.js";
import { readUnixTime } from "../unix-time.js";
import { matchesEventFilters } from "./filter.js";
import type { EventLog } from "./log.js";

/** The period that a `GET /events` asks for, in nanoseconds. */
export interface EventWindow {
  readonly since: bigint | undefined;
  readonly until: bigint | undefined;
  /** The period has ended, so the stream has past events only and then closes. */
  readonly over: boolean;
}

/**
 * Parses `since` and `until`: Unix seconds with optional nanoseconds after a point, or empty.
 *
 * @throws 500 if one cannot be parsed (400 since 29), 400 if they are in the wrong order
 */
export function readEventWindow(release: Release, clock: Clock, since: string, until: string): EventWindow {
  const from = readTime(release, "'since'", since);
  const to = readTime(release, "'until'", until);
  const first = from ?? (release.events.readsEveryTime ? undefined : 0n);
  if (to !== undefined && first !== undefined && to < first) {
    throw engineError(400, `\`since\` time (${since}) cannot be after \`until\` time (${until})`);
  }
  return { since: from, until: to, over: to !== undefined && to < clock.now() };
}

function readTime(release: Release, name: string, text: string): bigint | undefined {
  if (text === "") return undefined;
  const time = readUnixTime(release, name, text);
  // Earlier releases' own mark for "not given".
  return time === -1_000_000_000n && !release.events.readsEveryTime ? undefined : time;
}

/** Returns the past events with which a `GET /events` begins: none unless it asks for a period. */
export function pastEvents(log: EventLog, window: EventWindow, filters: FilterValues): EngineEvent[] {
  const { since, until } = window;
  if (since === undefined && until === undefined) return [];
  // An end before 1970 counts as no end.
  const last = until !== undefined && until > 0n ? until : undefined;
  return log.past.filter((event) => {
    const at = BigInt(event.timeNano);
    return at >= (since ?? 0n) && (last === undefined || at <= last) && matchesEventFilters(event, filters);
  });
}
