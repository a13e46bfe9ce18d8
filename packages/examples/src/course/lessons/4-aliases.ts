import { isSilent, nobodyIs, pinged, printsAnId } from "../checks.js";
import { classicSteps } from "../classic.js";
import type { Lesson } from "../lesson.js";

export const aliases: Lesson = {
  title: "Create aliases",
  about:
    "An alias is a further name on one network, for everybody there. A link is a name that only the linking container knows.",
  steps: classicSteps("create-aliases", [
    [printsAnId],
    [isSilent],
    [pinged("redis", "frontend-network2")],
    [nobodyIs("db")],
    [pinged("redis", "frontend-network2")],
    [nobodyIs("cache")],
    [pinged("redis", "frontend-network2")],
  ]),
};
