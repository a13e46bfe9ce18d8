const assert = require("node:assert/strict");
const { it } = require("node:test");
const Docker = require("dockerode");
const { dockerCommand } = require("@dryharbor/docker-cli");
const { ConflictError } = require("@dryharbor/sdk");
const { createSimulator } = require("@dryharbor/simulator");
const { agent } = require("@dryharbor/simulator/node");

it("an error is of the same class in each package", async () => {
  const { engine } = createSimulator();
  await engine.networks.create({ Name: "backend" });
  await assert.rejects(engine.networks.create({ Name: "backend" }), ConflictError);
});

it("dockerode by an agent, and a program that is loaded later", async () => {
  const simulator = createSimulator();
  const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
  const Cmd = ["awk", 'BEGIN { print "six times seven is", 6 * 7 }'];
  const container = await docker.createContainer({ Image: "busybox", Cmd, Tty: true });
  await container.start();
  await container.wait();
  assert.equal(String(await container.logs({ stdout: true })), "six times seven is 42\r\n");
});

it("the docker command", async () => {
  const docker = dockerCommand(createSimulator().engine);
  const { stdout } = await docker("network ls --format {{.Name}}");
  assert.equal(stdout, "bridge\nhost\nnone\n");
});
