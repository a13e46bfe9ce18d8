import type { Engine } from "../engine.js";
import { type CallsOf, lines, query } from "./call.js";

/** moby: `api/server/router/system`. It stands at the engine itself, as it is of no resource. */
export const eventCalls = {
  events: {
    route: "GET /events",
    options: { since: query, until: query, filters: query },
    answer: lines(),
    errors: [400, 500],
  },
} as const satisfies CallsOf<Pick<Engine, "events">>;
