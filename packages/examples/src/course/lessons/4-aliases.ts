import { isSilent, nobodyIs, pinged, printsAnId } from "../checks.js";
import type { Lesson } from "../lesson.js";

export const aliases: Lesson = {
  title: "Create aliases",
  about:
    "An alias is a further name on one network, for everybody there. A link is a name that only the linking container knows.",
  steps: [
    { command: "docker network create frontend-network2", checks: [printsAnId] },
    { command: "docker network connect --alias db frontend-network2 redis", checks: [isSilent] },
    {
      command: "docker run --net=frontend-network2 alpine ping -c1 db",
      checks: [pinged("redis", "frontend-network2")],
    },
    {
      command: "docker run --net=frontend-network alpine ping -c1 db",
      checks: [nobodyIs("db")],
    },
    {
      command: "docker run --net=frontend-network2 --link redis:cache alpine ping -c1 cache",
      checks: [pinged("redis", "frontend-network2")],
    },
    {
      command: "docker run --net=frontend-network2 alpine ping -c1 cache",
      checks: [nobodyIs("cache")],
    },
    {
      command: "docker run -it --net=frontend-network2 --link redis:cache alpine sh",
      typed: ["ping -c1 cache", "exit"],
      checks: [pinged("redis", "frontend-network2")],
    },
  ],
};
