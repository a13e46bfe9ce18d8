// What traffic needs, loaded with the first container or the first question about traffic.
export { ProcessNetwork, seenNetwork } from "@dryharbor/kernel/network";
export { resolve } from "../../core/dns/resolve.js";
export { probe } from "./probe.js";
export { reach } from "./reach.js";
export { resolverOf } from "./resolver.js";
export { Stacks } from "./stacks.js";
