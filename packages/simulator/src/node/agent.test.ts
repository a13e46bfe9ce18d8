import { once } from "node:events";
import http from "node:http";
import { text } from "node:stream/consumers";
import Docker, { type DockerOptions } from "dockerode";
import { expect, test } from "vitest";
import { createSimulator } from "../simulator.js";
import { agent } from "./agent.js";

test("dockerode works on a simulator as it does on an engine", async () => {
  await using simulator = createSimulator();
  // The types of dockerode lack `agent`.
  const options = { protocol: "http", host: "simulator", agent: agent(simulator) } satisfies DockerOptions & {
    agent: http.Agent;
  };
  const docker = new Docker(options);

  const network = await docker.createNetwork({ Name: "backend" });
  expect(await network.inspect()).toMatchObject({ Name: "backend", Driver: "bridge" });
  await expect(docker.getNetwork("nowhere").inspect()).rejects.toMatchObject({
    statusCode: 404,
    json: { message: "network nowhere not found" },
  });
  const container = await docker.createContainer({ Image: "busybox", Cmd: ["true"], name: "web" });
  await container.start();
  expect(await container.inspect()).toMatchObject({ Name: "/web" });
});

test("an agent that keeps connections uses one again, and many at once", async () => {
  await using simulator = createSimulator();
  const keeping = agent(simulator, { keepAlive: true });
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => get(keeping, "/_ping")));
    expect(new Set(answers)).toEqual(new Set(["OK"]));
  }
  keeping.destroy();
});

async function get(through: http.Agent, path: string): Promise<string> {
  const [response] = await once(http.get({ host: "simulator", path, agent: through }), "response");
  return await text(response as http.IncomingMessage);
}
