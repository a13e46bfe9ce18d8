// Serves a simulator that is set up like the lab's engines: simulated.ts RELEASE URL
import type { ReleaseName } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { labMachine } from "../lab/simulator.js";

const [release, host] = process.argv.slice(2) as [ReleaseName, string];
const served = await serve(labMachine(release), { host, publish: true });
console.log(`DOCKER_HOST=${served.host}`);
