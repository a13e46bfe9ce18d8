import { readEventWindow } from "../../core/events/window.js";
import { openEvents } from "../../engine/events.js";
import { lines } from "../lines.js";
import { get, type Route } from "../route.js";

export const eventRoutes: readonly Route[] = [
  get("/events", ({ daemon, session, query, request }) => {
    const window = readEventWindow(daemon.clock, query.text("since"), query.text("until"));
    const events = openEvents(session, window, query.filters(daemon), request.signal);
    return {
      status: 200,
      headers: { "Content-Type": "application/json" },
      body: lines(daemon.release, events),
    };
  }),
];
