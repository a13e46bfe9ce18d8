import type { Lesson } from "./lesson.js";
import { backend } from "./lessons/1-backend.js";
import { lookInside } from "./lessons/2-look-inside.js";
import { frontend } from "./lessons/3-frontend.js";
import { aliases } from "./lessons/4-aliases.js";
import { tidyUp } from "./lessons/5-tidy-up.js";
import { tripWires } from "./lessons/6-trip-wires.js";

/** The Docker Networks course: the classic five lessons, then the mistakes that learners make. */
export const course: readonly Lesson[] = [backend, lookInside, frontend, aliases, tidyUp, tripWires];

/**
 * Everything that the course creates. It refuses to begin if one of these exists, and removes them at the
 * end.
 */
export const made = {
  containers: ["redis", "web", "app", "linked", "old1", "old2", "early", "newcomer", "first", "second"],
  networks: [
    "backend-network",
    "frontend-network",
    "frontend-network2",
    "restless-network",
    "small-network",
    "overlapping-network",
  ],
};
