import { type Lesson, step } from "../lesson.js";
import { addressOf, answersWith, connect, createNetwork, lookUp, runContainer } from "../moves.js";

export const frontend: Lesson = {
  title: "Two networks, one container",
  about: "A container can be on several networks, with an address on each, and joins them as it runs.",
  steps: [
    createNetwork({ Name: "frontend-network" }),
    connect("frontend-network", "redis"),
    step({
      command: "docker inspect redis",
      act: ({ engine }) => engine.containers.inspect("redis"),
      show: ({ NetworkSettings }) =>
        Object.entries(NetworkSettings.Networks).map(([name, { IPAddress }]) => `${name} ${IPAddress}`),
      checks: [
        {
          claim: "redis is on both networks, with different addresses",
          holds({ NetworkSettings }) {
            const addresses = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
            return addresses.length === 2 && new Set(addresses).size === 2 && !addresses.includes("");
          },
        },
      ],
    }),
    runContainer("web", "frontend-network"),
    lookUp("web", { name: "redis" }, [
      answersWith("redis", "frontend-network"),
      {
        claim: "and not its address on backend-network, where web is not",
        holds: async ({ records }, { engine }) =>
          !records.includes(await addressOf(engine, "redis", "backend-network")),
      },
    ]),
    lookUp("redis", { name: "web" }, [answersWith("web", "frontend-network")]),
  ],
};
