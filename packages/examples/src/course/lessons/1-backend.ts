import { type Lesson, step } from "../lesson.js";
import { addressOf, createNetwork, runContainer } from "../moves.js";

export const backend: Lesson = {
  title: "A network of your own",
  about: "A user-defined bridge network gives its containers addresses of one subnet, and names.",
  steps: [
    createNetwork({ Name: "backend-network" }),
    step({
      command: "docker network inspect backend-network",
      act: ({ engine }) => engine.networks.inspect("backend-network"),
      show: ({ Driver, Scope, IPAM }) => [
        `driver ${Driver}, scope ${Scope}, subnet ${IPAM.Config?.[0]?.Subnet}, gateway ${IPAM.Config?.[0]?.Gateway}`,
      ],
      checks: [
        { claim: "it is a bridge", holds: ({ Driver }) => Driver === "bridge" },
        {
          claim: "it took a subnet from the default pools",
          holds: ({ IPAM }) => /^(172|192\.168)\./.test(IPAM.Config?.[0]?.Subnet ?? ""),
        },
        {
          claim: "nobody is on it yet",
          holds: ({ Containers }) => Object.keys(Containers ?? {}).length === 0,
        },
      ],
    }),
    runContainer("redis", "backend-network"),
    step({
      command: "docker network inspect backend-network",
      act: ({ engine }) => engine.networks.inspect("backend-network"),
      show: ({ Containers }) =>
        Object.values(Containers ?? {}).map(({ Name, IPv4Address }) => `${Name} ${IPv4Address}`),
      checks: [
        {
          claim: "redis is on it, with the address that its own inspect shows",
          async holds({ Containers }, { engine }) {
            const shown = Object.values(Containers ?? {}).map(({ Name, IPv4Address }) => [
              Name,
              IPv4Address.split("/")[0],
            ]);
            const address = await addressOf(engine, "redis", "backend-network");
            return JSON.stringify(shown) === JSON.stringify([["redis", address]]);
          },
        },
      ],
    }),
  ],
};
