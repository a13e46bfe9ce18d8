import { openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import Docker from "dockerode";

async function main() {
  const simulator = createSimulator();
  const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
  await docker.createNetwork({ Name: "backend" });
  const named = await openEngine("simulator:20.10");
  const { Name } = await docker.getNetwork("backend").inspect();
  console.log(Name, (await named.networks.list()).length);
}
main();
