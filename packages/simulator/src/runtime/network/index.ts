// What traffic and processes of the host need, loaded with the first container, the first question about traffic or
// the first process of the host.
export { ProcessNetwork, procFiles, seenNetwork, sysFiles } from "@dryharbor/kernel/network";
export { resolve } from "../../core/dns/resolve.js";
export { HostProcesses } from "../host/processes.js";
export { probe } from "./probe.js";
export { reach } from "./reach.js";
export { resolverOf } from "./resolver.js";
export { Stacks } from "./stacks.js";
