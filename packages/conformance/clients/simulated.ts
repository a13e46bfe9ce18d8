// Serves the lab's simulator on a unix socket: simulated.ts RELEASE SOCKET
import { createServer } from "node:net";
import { defaultLimits } from "../../simulator/src/node/http1/limits.js";
import { Connection } from "../../simulator/src/node/http1/connection.js";
import { release as releaseTable } from "../../simulator/src/core/releases/release.js";
import type { ReleaseName } from "@dryharbor/simulator";
import { labMachine } from "../lab/simulator.js";

const [release, socket] = process.argv.slice(2) as [ReleaseName, string];
const simulator = labMachine(release);
createServer({ allowHalfOpen: true }, (s) => {
  s.on("error", () => {});
  new Connection(s, { handle: simulator.handle, rules: (releaseTable(simulator.release) as any).http, limits: defaultLimits });
}).listen(socket, 511, () => console.log("ready"));
setInterval(() => {}, 1e6);
