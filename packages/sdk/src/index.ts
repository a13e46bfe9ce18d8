export * from "./open-engine.js";
export * from "./port.js";
