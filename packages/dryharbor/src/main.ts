// What the file `dryharbor` runs.
import { dryharbor } from "./command.js";

process.exitCode = await dryharbor(process.argv.slice(2));
