import { addressOf, isSilent, nobodyIs, prints, webServer } from "../checks.js";
import { classicSteps } from "../classic.js";
import type { Lesson } from "../lesson.js";

export const disconnect: Lesson = {
  title: "List, inspect, disconnect",
  about: "What networks there are, who is on them, and how a running container leaves.",
  steps: classicSteps("disconnect", [
    ["backend-network", "frontend-network", "frontend-network2", "bridge"].map((name) =>
      prints(`${name} is there`, new RegExp(`^[0-9a-f]{12} +${name} +bridge +local *$`, "m")),
    ),
    [
      {
        claim: "it shows redis and the web server, with their addresses",
        async holds({ stdout }, { engine }) {
          const names = ["redis", await webServer(engine)];
          const found = names.map(async (name) => {
            const address = await addressOf(engine, name, "frontend-network");
            return stdout.includes(`"Name": "${name}"`) && stdout.includes(`"IPv4Address": "${address}/`);
          });
          return (await Promise.all(found)).every(Boolean);
        },
      },
    ],
    [
      isSilent,
      {
        claim: "redis has no address there any more",
        holds: async (_, { engine }) => (await addressOf(engine, "redis", "frontend-network")) === "",
      },
    ],
    [nobodyIs("redis")],
  ]),
};
