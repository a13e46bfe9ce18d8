// What the file `dryharbor` runs.
import { dryharbor } from "./command.js";
import { crashed } from "./crash.js";

// What nobody has caught, also in a listener.
process.on("uncaughtException", (error) => process.exit(crashed(error)));

process.exitCode = await dryharbor(process.argv.slice(2));
