// A route whose code has a Docker client, as a tool would.
import { openEngine } from "@dryharbor/sdk";
import { createSimulator } from "@dryharbor/simulator";
import { agent } from "@dryharbor/simulator/node";
import Docker from "dockerode";

export async function GET() {
  const simulator = createSimulator();
  const docker = new Docker({ protocol: "http", host: "simulator", agent: agent(simulator) });
  await docker.createNetwork({ Name: "backend" });
  const engine = await openEngine("simulator:20.10");
  const { Driver } = await docker.getNetwork("backend").inspect();
  return Response.json({ Driver, version: (await engine.system.version()).Version });
}
