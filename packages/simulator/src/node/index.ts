// What needs Node.

export { agent } from "./agent.js";
