// The entry `@dryharbor/sdk/topology`: the networks and containers of an engine as data and as pictures, and who reaches
// whom. It is an entry of its own because programs that drive an engine need none of it.
export * from "./topology/changes.js";
export * from "./topology/differences.js";
export * from "./topology/draw.js";
export * from "./topology/mermaid.js";
export * from "./topology/reachability.js";
export * from "./topology/reachability-table.js";
export * from "./topology/svg.js";
export * from "./topology/topology.js";
