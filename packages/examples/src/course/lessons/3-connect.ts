import { isSilent, prints, printsAnId, webServer } from "../checks.js";
import { classicSteps } from "../classic.js";
import type { Check, Lesson } from "../lesson.js";

function counts(times: number): Check {
  return prints(
    `the page was made with redis, which has counted ${times}`,
    new RegExp(`^This page was generated after talking to redis\\.\n[^]*^Total requests: ${times}\n`, "m"),
  );
}

/** A real web server takes a moment until it listens. */
const listens: Check = {
  claim: "it listens at its port 3000",
  async holds(_, { engine }) {
    const name = await webServer(engine);
    for (let tries = 0; tries < 40; tries++) {
      const [answer] = await engine.traffic.probe(name, [{ address: "127.0.0.1", port: 3000 }]);
      if (answer === "answers") return true;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    return false;
  },
};

export const connect: Lesson = {
  title: "Connect two containers",
  about: "A container can be on several networks, with an address on each, and joins them as it runs.",
  steps: classicSteps("connect-two-containers", [
    [printsAnId],
    [
      isSilent,
      {
        claim: "redis is on both networks, with different addresses",
        async holds(_, { engine }) {
          const { NetworkSettings } = await engine.containers.inspect("redis");
          const addresses = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
          return addresses.length === 2 && new Set(addresses).size === 2 && !addresses.includes("");
        },
      },
    ],
    [
      printsAnId,
      {
        claim: "the host publishes its port 3000",
        async holds(_, { engine }) {
          const { NetworkSettings } = await engine.containers.inspect(await webServer(engine));
          return NetworkSettings.Ports["3000/tcp"]?.[0]?.HostPort === "3000";
        },
      },
      listens,
      {
        claim: "it finds redis by its name, at the address that redis has on their common network",
        async holds(_, { engine }) {
          const { records } = await engine.dns.resolve(await webServer(engine), { name: "redis" });
          const { NetworkSettings } = await engine.containers.inspect("redis");
          return records.join() === NetworkSettings.Networks["frontend-network"]?.IPAddress;
        },
      },
    ],
    [counts(1)],
    [counts(2)],
  ]),
};
