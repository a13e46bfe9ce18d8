import type { Lesson } from "../lesson.js";
import { answersWith, connect, createNetwork, findsNothing, lookUp, runContainer } from "../moves.js";

export const aliases: Lesson = {
  title: "Aliases and links",
  about:
    "An alias is a further name on one network, for everybody there. A link alias is a name that only the linking container knows.",
  steps: [
    createNetwork({ Name: "frontend-network2" }),
    connect("frontend-network2", "redis", { Aliases: ["db"] }),
    runContainer("app", "frontend-network2"),
    lookUp("app", { name: "db" }, [answersWith("redis", "frontend-network2")]),
    lookUp("app", { name: "redis" }, [answersWith("redis", "frontend-network2")]),
    lookUp("web", { name: "db" }, [findsNothing]),
    runContainer("linked", "frontend-network2", { Links: ["redis:cache"] }),
    lookUp("linked", { name: "cache" }, [answersWith("redis", "frontend-network2")]),
    lookUp("app", { name: "cache" }, [findsNothing]),
  ],
};
