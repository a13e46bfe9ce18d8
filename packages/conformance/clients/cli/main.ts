// Compares @dryharbor/docker-cli with the real docker command on equal simulators. `usage` lists the options.
import { parseArgs } from "node:util";
import type { ReleaseName } from "@dryharbor/simulator";
import { compareCli } from "./compare.js";

const usage = `usage: compare-cli [options]

  --release RELEASE    20.10, 26.1, 28.5, or 29 by the command of 28.5 (the first three)
  --folder FOLDER      the folder of scenarios beside clients/ (docker and cli/scenarios)
  --scenarios REGEXP   run only these scenarios, e.g. networks (all)`;

const { values } = parseArgs({
  options: {
    release: { type: "string" },
    folder: { type: "string" },
    scenarios: { type: "string", default: "." },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) console.log(usage);
else {
  const folders = values.folder === undefined ? ["docker", "cli/scenarios"] : [values.folder];
  const releases = values.release === undefined ? ["20.10", "26.1", "28.5"] : [values.release];
  const pattern = new RegExp(values.scenarios);
  for (const release of releases as ReleaseName[]) {
    const { differences } = await compareCli(release, folders, (name) => pattern.test(name), console.log);
    if (differences > 0) process.exitCode = 1;
  }
}
