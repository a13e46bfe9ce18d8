// Serves a simulator that is set up like the lab's engines: simulated.ts RELEASE URL FOLDER, where containers may
// bind what is in FOLDER.
import type { ReleaseName } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { labMachine } from "../lab/simulator.js";

const [release, host, folder] = process.argv.slice(2) as [ReleaseName, string, string];
const served = await serve(labMachine(release), { host, publish: true, mounts: [folder] });
console.log(`DOCKER_HOST=${served.host}`);
