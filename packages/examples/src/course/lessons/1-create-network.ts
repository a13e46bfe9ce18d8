import { isOn, printsAnId, runs } from "../checks.js";
import { classicSteps } from "../classic.js";
import type { Lesson } from "../lesson.js";

export const createNetwork: Lesson = {
  title: "Create a network",
  about: "A network of one's own gives its containers addresses of one subnet, and names.",
  steps: classicSteps("create-a-network", [
    [
      printsAnId,
      {
        claim: "it is a bridge, with a subnet from the default pools",
        async holds(_, { engine }) {
          const { Driver, IPAM } = await engine.networks.inspect("backend-network");
          return Driver === "bridge" && /^(172|192\.168)\./.test(IPAM.Config?.[0]?.Subnet ?? "");
        },
      },
      isOn("backend-network"),
    ],
    [printsAnId, runs("redis"), isOn("backend-network", "redis")],
  ]),
};
