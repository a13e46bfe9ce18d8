// The entry `@dryharbor/simulator/command`: what the package `dryharbor` shares with this package's own command.
export type { BodyKind, ControlRoute } from "../../control/route.js";
export { controlRoutes } from "../../control/routes/table.js";
export { problemOf, type Schema } from "../../schema.js";
export { type Address, addressOf, hostOf } from "../listen/address.js";
export { openFolders } from "../mounts/mounts.js";
export { readArguments, suggestion } from "./arguments.js";
export { openSimulator, readSeed, serveCommand } from "./serve.js";
export { readTls } from "./tls.js";
