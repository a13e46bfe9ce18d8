import type { Lesson } from "./lesson.js";
import { createNetwork } from "./lessons/1-create-network.js";
import { communicate } from "./lessons/2-communicate.js";
import { connect } from "./lessons/3-connect.js";
import { aliases } from "./lessons/4-aliases.js";
import { disconnect } from "./lessons/5-disconnect.js";
import { tripWires } from "./lessons/6-trip-wires.js";

/** The Docker Networks course: the classic five lessons word for word, then the mistakes that learners make. */
export const course: readonly Lesson[] = [
  createNetwork,
  communicate,
  connect,
  aliases,
  disconnect,
  tripWires,
];

/** The images that the course runs. */
export const images = ["redis", "alpine", "katacoda/redis-node-docker-example"];

/**
 * Everything that the course gives a name. It refuses to begin if one of these exists, and at the end removes them
 * and whatever else is on its networks.
 */
export const made = {
  containers: ["redis", "old1", "old2", "app", "early", "newcomer", "first", "second"],
  networks: [
    "backend-network",
    "frontend-network",
    "frontend-network2",
    "restless-network",
    "small-network",
    "overlapping-network",
  ],
};
