// Serves a simulator that is set up like the lab's engines: simulated.ts RELEASE URL FOLDER FAULTS, where containers may
// bind what is in FOLDER, and FAULTS are a list as JSON.
import type { Fault, ReleaseName } from "@dryharbor/simulator";
import { serve } from "@dryharbor/simulator/node";
import { labMachine } from "../lab/simulator.js";

const [release, host, folder, faults] = process.argv.slice(2) as [ReleaseName, string, string, string];
const machine = labMachine(release);
for (const fault of JSON.parse(faults) as Fault[]) await machine.faults.add(fault);
const served = await serve(machine, { host, publish: true, mounts: [folder] });
console.log(`DOCKER_HOST=${served.host}`);
