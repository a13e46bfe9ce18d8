// The entry `@dryharbor/simulator/command`: what the package `dryharbor` shares with this package's own command.
export { openFolders } from "../mounts/mounts.js";
export { readArguments, suggestion } from "./arguments.js";
export { openSimulator, readSeed, serveCommand } from "./serve.js";
