export * from "./open-engine.js";
export * from "./port.js";
export * from "./snapshot-of.js";
