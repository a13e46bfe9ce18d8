import { isOlder } from "../../core/api-version.js";
import { readEventWindow } from "../../core/events/window.js";
import type { Release } from "../../core/releases/release.js";
import { openEvents } from "../../engine/events.js";
import { accepted } from "../accept.js";
import { lines, records } from "../lines.js";
import { get, type Route } from "../route.js";

export const eventRoutes: readonly Route[] = [
  get("/events", ({ daemon, session, query, request, apiVersion }) => {
    const window = readEventWindow(daemon.release, daemon.clock, query.text("since"), query.text("until"));
    const events = openEvents(session, window, query.filters(daemon), request.signal);
    const type = streamTypeOf(daemon.release, apiVersion, request.headers.accept);
    return {
      status: 200,
      headers: { "Content-Type": type },
      body: type === "application/json-seq" ? records(daemon.release, events) : lines(daemon.release, events),
    };
  }),
];

/** Returns the type of the stream: what the client asks for, or what it gets that asks for none. */
function streamTypeOf({ events }: Release, apiVersion: string, accept: string | undefined): string {
  const { streamTypes } = events;
  if (!streamTypes) return "application/json";
  const usual = isOlder(apiVersion, streamTypes.since) ? "application/json" : streamTypes.usual;
  return accepted(accept, streamTypes.offered) ?? usual;
}
