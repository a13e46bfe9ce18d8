import { isOn, printsAnId, runs } from "../checks.js";
import type { Lesson } from "../lesson.js";

export const createNetwork: Lesson = {
  title: "Create a network",
  about: "A network of one's own gives its containers addresses of one subnet, and names.",
  steps: [
    {
      command: "docker network create backend-network",
      checks: [
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
    },
    {
      command: "docker run -d --name=redis --net=backend-network redis",
      checks: [printsAnId, runs("redis"), isOn("backend-network", "redis")],
    },
  ],
};
