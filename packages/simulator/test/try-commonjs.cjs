// Tries the built packages as CommonJS: each entry can be required, and a container runs, in process and over HTTP.
const { strictEqual } = require("node:assert");
const { FileError } = require("@dryharbor/kernel");
const { UsageError } = require("@dryharbor/sdk");
const { createSimulator } = require("@dryharbor/simulator");
const { agent } = require("@dryharbor/simulator/node");

async function main() {
  const simulator = createSimulator();
  const { engine } = simulator;
  await engine.networks.create({ Name: "home" });
  const missing = { Image: "busybox", Cmd: ["cat", "/nothing"] };
  await engine.containers.create(missing, { name: "web" });
  await engine.containers.start("web");
  // `cat` knows the error of the kernel that it runs on.
  strictEqual((await engine.containers.wait("web")).StatusCode, 1);
  const answer = await simulator.fetch(
    new Request("http://simulator/networks/create", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ Name: "over-http", Labels: { a: "b" } }),
    }),
  );
  strictEqual(answer.status, 201, await answer.text());
  strictEqual(typeof agent(simulator), "object");
  await engine.system.ping();
  strictEqual(typeof FileError, "function");
  await engine.close();
  const refused = await engine.networks.list().catch((error) => error);
  strictEqual(refused instanceof UsageError, true);
}

main();
