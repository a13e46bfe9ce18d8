// What a page would have: no module of Node is in it.
import { dockerCommand } from "@dryharbor/docker-cli";
import { NotFoundError, run } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";

const simulator = createSimulator();
const { engine } = simulator;
const docker = dockerCommand(engine);
await docker("network create backend");
const { stdout: output } = await run(engine, { Image: "busybox", Cmd: ["awk", "BEGIN { print 6 * 7 }"] });
const refusal = await engine.networks.inspect("nowhere").catch((error) => error);
const { stdout } = await docker("network ls --format {{.Name}}");
globalThis.told = {
  networks: stdout,
  output,
  isNotFound: refusal instanceof NotFoundError,
  status: (await simulator.fetch(new Request("http://docker/_ping"))).status,
};
