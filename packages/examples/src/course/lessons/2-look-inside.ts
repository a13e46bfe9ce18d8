import type { Lesson } from "../lesson.js";
import { addressOf, answersWith, exec, lookUp } from "../moves.js";

export const lookInside: Lesson = {
  title: "What a container sees",
  about: "Nothing about the network is in the environment: names come from the embedded DNS at 127.0.0.11.",
  steps: [
    exec(
      "redis",
      ["env"],
      [
        {
          claim: "the environment has no addresses of other containers",
          holds: (text) => !/_PORT=|_TCP=/.test(text),
        },
        {
          claim: "HOSTNAME is the short id",
          holds: async (text, { engine }) =>
            text.includes(`HOSTNAME=${(await engine.containers.inspect("redis")).Id.slice(0, 12)}\n`),
        },
      ],
    ),
    exec(
      "redis",
      ["cat", "/etc/hosts"],
      [
        {
          claim: "its own address and host name are there",
          async holds(text, { engine }) {
            const { Id } = await engine.containers.inspect("redis");
            const address = await addressOf(engine, "redis", "backend-network");
            return text.split("\n").includes(`${address}\t${Id.slice(0, 12)}`);
          },
        },
      ],
    ),
    exec(
      "redis",
      ["cat", "/etc/resolv.conf"],
      [
        {
          claim: "names are asked of 127.0.0.11",
          holds: (text) => text.split("\n").includes("nameserver 127.0.0.11"),
        },
      ],
    ),
    lookUp("redis", { name: "redis" }, [answersWith("redis", "backend-network")]),
  ],
};
