// Compares @dryharbor/docker-cli with the real docker command on equal simulators. `usage` lists the options.
import { parseArgs } from "node:util";
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { compareCli } from "./compare.js";
import { recordCli, replayCli } from "./recording.js";
import { cliFolders } from "./scenarios.js";

const usage = `usage: compare-cli [options]

  --release RELEASE    the release of the simulators: 20.10, 26.1, 28.5 or 29 (all)
  --cli RELEASE        the release of the docker commands (the one of the simulators, if this machine has it)
  --folder FOLDER      the folder of scenarios beside clients/ (docker and cli/scenarios)
  --scenarios REGEXP   run only these scenarios, e.g. networks (all)
  --record             record what the real docker of --release prints, in traces/docker-cli, and compare nothing
  --replay             compare with what was recorded of --release, where its docker is not`;

const { values } = parseArgs({
  options: {
    release: { type: "string" },
    cli: { type: "string" },
    folder: { type: "string" },
    scenarios: { type: "string", default: "." },
    record: { type: "boolean", default: false },
    replay: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

const pattern = new RegExp(values.scenarios);
const wanted = (name: string) => pattern.test(name);

if (values.help) console.log(usage);
else if (values.record || values.replay) {
  if (values.release === undefined) throw new Error("say which release: --release 29");
  const release = values.release as ReleaseName;
  if (values.record) await recordCli(release, wanted, console.log);
  else if ((await replayCli(release, wanted, console.log)).differences > 0) process.exitCode = 1;
} else {
  const folders = values.folder === undefined ? cliFolders : [values.folder];
  const releases = values.release === undefined ? releaseNames : [values.release as ReleaseName];
  for (const release of releases) {
    const cli = values.cli as ReleaseName | undefined;
    const { differences } = await compareCli({ release, cli, folders, wanted }, console.log);
    if (differences > 0) process.exitCode = 1;
  }
}
