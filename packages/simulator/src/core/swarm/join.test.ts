import { expect, it } from "vitest";
import { createSimulator } from "../../simulator.js";

const [digest, secret] = ["0".repeat(50), "a".repeat(25)];
const refused = /^503 .*connect: connection refused"$/;

// Answers of 20.10 and 28.5, or the address that they began to dial.
it.each<[string, string | RegExp]>([
  ["", refused],
  ["tok", "500 invalid join token"],
  [`SWMTKN-1-${digest}-${secret}`, refused],
  [`SWMTKN-1-${digest}-${secret}x`, "500 invalid join token"],
  [`SWMTKN-2-0-${digest}-${secret}`, refused],
  [`SWMTKN-2-${digest}-${secret}`, "500 invalid join token"],
  [`SWMTKN-3-${digest}-${secret}`, "500 invalid join token"],
  [`SWMTKN-1-${"Z".repeat(50)}-${secret}`, "500 invalid checksum digest length"],
])("looks at the token before it dials: %s", async (JoinToken, expected) => {
  await using simulator = createSimulator();
  const answer = await simulator.fetch(
    new Request("http://d/swarm/join", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ RemoteAddrs: ["127.0.0.1:1"], ListenAddr: "127.0.0.1:2399", JoinToken }),
    }),
  );
  const { message } = (await answer.json()) as { message: string };
  const text = `${answer.status} ${message}`;
  if (typeof expected === "string") expect(text).toBe(expected);
  else expect(text).toMatch(expected);
});
