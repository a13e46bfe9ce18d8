import { type Lesson, step } from "../lesson.js";
import { addressOf, answersWith, findsNothing, lookUp } from "../moves.js";

const courseNetworks = ["backend-network", "frontend-network", "frontend-network2"];

export const tidyUp: Lesson = {
  title: "List, inspect, disconnect",
  about: "What there is, who is on it, and how a running container leaves.",
  steps: [
    step({
      command: "docker network ls",
      act: ({ engine }) => engine.networks.list(),
      show: (networks) => networks.map(({ Name, Driver }) => `${Name} ${Driver}`).sort(),
      checks: [
        {
          claim: "the three networks of the course are there, beside bridge, host and none",
          holds: (networks) =>
            [...courseNetworks, "bridge", "host", "none"].every((name) =>
              networks.some(({ Name }) => Name === name),
            ),
        },
      ],
    }),
    step({
      command: "docker network inspect frontend-network2",
      act: ({ engine }) => engine.networks.inspect("frontend-network2"),
      show: ({ Containers }) =>
        Object.values(Containers ?? {})
          .map(({ Name, IPv4Address }) => `${Name} ${IPv4Address}`)
          .sort(),
      checks: [
        {
          claim: "app, linked and redis are on it",
          holds: ({ Containers }) =>
            Object.values(Containers ?? {})
              .map(({ Name }) => Name)
              .sort()
              .join() === "app,linked,redis",
        },
      ],
    }),
    step({
      command: "docker network disconnect frontend-network2 redis",
      act: ({ engine }) => engine.networks.disconnect("frontend-network2", { Container: "redis" }),
      show: () => ["redis has left frontend-network2"],
      checks: [
        {
          claim: "it has no address there any more",
          holds: async (_, { engine }) => (await addressOf(engine, "redis", "frontend-network2")) === "",
        },
      ],
    }),
    lookUp("app", { name: "db" }, [findsNothing]),
    lookUp("web", { name: "redis" }, [answersWith("redis", "frontend-network")]),
  ],
};
