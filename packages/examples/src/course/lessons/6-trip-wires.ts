import { type Lesson, step } from "../lesson.js";
import {
  addressOf,
  answersWith,
  createNetwork,
  findsNothing,
  lookUp,
  refused,
  runContainer,
} from "../moves.js";

const restless = "restless-network";
const small = "small-network";

export const tripWires: Lesson = {
  title: "What one trips over",
  about: "The default bridge, the names that answer, addresses that move, and what the engine refuses.",
  steps: [
    runContainer("old1", "bridge"),
    runContainer("old2", "bridge"),
    lookUp("old1", { name: "old2" }, [findsNothing]),

    step({
      command: "docker inspect web",
      act: ({ engine }) => engine.containers.inspect("web"),
      show: ({ Id, Config }) => [`id ${Id.slice(0, 12)}…, host name ${Config.Hostname}`],
      checks: [
        {
          claim: "its name and its short id answer on its network; 11 digits of the id do not",
          async holds({ Id }, { engine }) {
            const [byName, byShortId, byLess] = await engine.dns.resolveAll("redis", [
              { name: "web" },
              { name: Id.slice(0, 12) },
              { name: Id.slice(0, 11) },
            ]);
            return byName?.status === "found" && byShortId?.status === "found" && byLess?.status !== "found";
          },
        },
      ],
    }),
    lookUp("redis", { name: "web.frontend-network" }, [answersWith("web", "frontend-network")]),
    lookUp("redis", { name: "frontend-network" }, [findsNothing]),

    createNetwork({ Name: restless }),
    runContainer("early", restless),
    step({
      command: "docker stop early && docker run newcomer && docker start early",
      async act({ engine, image }) {
        const before = await addressOf(engine, "early", restless);
        await engine.containers.stop("early", { t: 0 });
        const { Id } = await engine.containers.create(
          { Image: image, Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: restless } },
          { name: "newcomer" },
        );
        await engine.containers.start(Id);
        await engine.containers.start("early");
        return {
          before,
          newcomer: await addressOf(engine, "newcomer", restless),
          after: await addressOf(engine, "early", restless),
        };
      },
      show: ({ before, newcomer, after }) => [
        `early had ${before}, newcomer has ${newcomer}, early has ${after}`,
      ],
      checks: [
        {
          claim: "a stopped container keeps no address: the newcomer took it, and early has another",
          holds: ({ before, newcomer, after }) => newcomer === before && after !== before && after !== "",
        },
      ],
    }),
    lookUp("newcomer", { name: "early" }, [answersWith("early", restless)]),

    refused(
      "docker network rm frontend-network",
      ({ engine }) => engine.networks.remove("frontend-network"),
      { status: 403, message: /has active endpoints/ },
    ),

    createNetwork({ Name: small, IPAM: { Config: [{ Subnet: "10.213.7.0/30" }] } }),
    refused(
      "docker network create --subnet 10.213.7.0/24 overlapping-network",
      ({ engine }) =>
        engine.networks.create({
          Name: "overlapping-network",
          IPAM: { Config: [{ Subnet: "10.213.7.0/24" }] },
        }),
      { status: 403, message: /Pool overlaps with other one on this address space/ },
    ),
    runContainer("first", small),
    refused(
      `docker run --detach --name second --network ${small} IMAGE sleep 3600`,
      async ({ engine, image }) => {
        const { Id } = await engine.containers.create(
          { Image: image, Cmd: ["sleep", "3600"], HostConfig: { NetworkMode: small } },
          { name: "second" },
        );
        await engine.containers.start(Id);
      },
      { status: 500, message: /no available IPv4 addresses on this network's address pools/ },
    ),
  ],
};
