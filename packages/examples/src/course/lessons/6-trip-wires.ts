import { addressOf, isSilent, nobodyIs, pinged, prints, printsAnId, refused, runs } from "../checks.js";
import type { Check, Lesson, Step } from "../lesson.js";

function sleeps(name: string, network?: string, checks: readonly Check[] = []): Step {
  const net = network === undefined ? "" : ` --net=${network}`;
  return {
    command: `docker run -d --name=${name}${net} alpine sleep 3600`,
    checks: [printsAnId, runs(name), ...checks],
  };
}

/** Addresses are given out from the lowest: the gateway has the first one, so this is the n-th container's. */
function hasAddress(container: string, network: string, place: number): Check {
  return {
    claim: `${container} has the ${place === 1 ? "first" : "second"} address after the gateway's`,
    holds: async (_, { engine }) => (await addressOf(engine, container, network)).endsWith(`.${place + 1}`),
  };
}

export const tripWires: Lesson = {
  title: "What one trips over",
  about: "The default bridge, the names that answer, addresses that move, and what the engine refuses.",
  steps: [
    sleeps("old1"),
    sleeps("old2"),
    { command: "docker exec old1 ping -c1 old2", checks: [nobodyIs("old2")] },

    sleeps("app", "frontend-network", [
      {
        claim: "its name and its short id answer on its network; 11 digits of the id do not",
        async holds({ stdout }, { engine }) {
          const names = ["app", stdout.slice(0, 12), stdout.slice(0, 11)];
          const answers = await engine.dns.resolveAll(
            "app",
            names.map((name) => ({ name })),
          );
          return answers.map(({ status }) => status === "found").join() === "true,true,false";
        },
      },
    ]),
    {
      command: "docker run --net=frontend-network alpine ping -c1 app.frontend-network",
      checks: [pinged("app", "frontend-network")],
    },
    {
      command: "docker run --net=frontend-network alpine ping -c1 frontend-network",
      checks: [nobodyIs("frontend-network")],
    },

    { command: "docker network create restless-network", checks: [printsAnId] },
    sleeps("early", "restless-network", [hasAddress("early", "restless-network", 1)]),
    {
      command: "docker stop -t 0 early",
      checks: [
        prints("it prints the name", /^early\n$/),
        {
          claim: "a stopped container keeps no address",
          holds: async (_, { engine }) => (await addressOf(engine, "early", "restless-network")) === "",
        },
      ],
    },
    sleeps("newcomer", "restless-network", [hasAddress("newcomer", "restless-network", 1)]),
    {
      command: "docker start early",
      checks: [prints("it prints the name", /^early\n$/), hasAddress("early", "restless-network", 2)],
    },
    { command: "docker exec newcomer ping -c1 early", checks: [pinged("early", "restless-network")] },

    { command: "docker network rm frontend-network", checks: [refused(/has active endpoints/)] },

    { command: "docker network create --subnet=10.213.7.0/30 small-network", checks: [printsAnId] },
    {
      command: "docker network create --subnet=10.213.7.0/24 overlapping-network",
      checks: [refused(/Pool overlaps with other one on this address space/)],
    },
    sleeps("first", "small-network"),
    {
      command: "docker run -d --name=second --net=small-network alpine sleep 3600",
      checks: [refused(/no available IPv4 addresses on this network's address pools/)],
    },
    { command: "docker network disconnect small-network first", checks: [isSilent] },
    { command: "docker start second", checks: [prints("now it starts", /^second\n$/), runs("second")] },
  ],
};
