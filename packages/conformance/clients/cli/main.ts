// Compares @dryharbor/docker-cli with the real docker command on equal simulators. `usage` lists the options.
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import { readArguments } from "../../arguments.js";
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

const values = readArguments(usage, {
  release: { type: "string" },
  cli: { type: "string" },
  folder: { type: "string" },
  scenarios: { type: "string", default: "." },
  record: { type: "boolean", default: false },
  replay: { type: "boolean", default: false },
});
if (values) process.exitCode = await run(values);

/** Compares or records. @returns the exit code: 1 where something differs, 2 for options that lead nowhere */
async function run(options: NonNullable<typeof values>): Promise<number> {
  const pattern = new RegExp(options.scenarios);
  const wanted = (name: string) => pattern.test(name);
  const release = releaseNames.find((name) => name === options.release);
  if (options.release !== undefined && !release) {
    console.error(`there is no release "${options.release}": choose one of ${releaseNames.join(", ")}`);
    return 2;
  }
  if (options.record || options.replay) {
    if (!release) {
      console.error(`say which release: --release ${releaseNames.at(-1)}`);
      return 2;
    }
    if (options.record) {
      await recordCli(release, wanted, console.log);
      return 0;
    }
    return (await replayCli(release, wanted, console.log)).differences > 0 ? 1 : 0;
  }
  const folders = options.folder === undefined ? cliFolders : [options.folder];
  let differing = 0;
  for (const each of release ? [release] : releaseNames) {
    const cli = options.cli as ReleaseName | undefined;
    const { differences } = await compareCli({ release: each, cli, folders, wanted }, console.log);
    differing += differences;
  }
  return differing > 0 ? 1 : 0;
}
