// What needs Node.

export { agent } from "./agent.js";
export { type Served, type ServeOptions, serve } from "./serve.js";
