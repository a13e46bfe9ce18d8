// Builds the cases of lab/builds on real engines, and writes into lab/builds/recorded.json what came of them.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { ReleaseName } from "@dryharbor/simulator";
import { askSocket } from "./lab/builds/ask.js";
import { cases } from "./lab/builds/cases.js";
import { outcomeOf } from "./lab/builds/outcome.js";
import { apart, recordedBuilds, together } from "./lab/builds/recorded.js";
import { openLive } from "./lab/engine.js";

const usage = `usage: record-builds [--case NAME]… URL…

  Builds all cases on each engine, such as unix:///tmp/lab/28.5/docker.sock, or only those of the names, and writes
  lab/builds/recorded.json. The engines must have busybox and nothing else, one of each release.`;

const { values, positionals: urls } = parseArgs({
  args: process.argv.slice(2).filter((argument) => argument !== "--"),
  options: { case: { type: "string", multiple: true } },
  allowPositionals: true,
});

async function record(
  url: string,
  outcomes: Map<ReleaseName, Map<string, readonly string[]>>,
): Promise<void> {
  const { engine, release } = await openLive(url);
  await engine.close();
  const ask = askSocket(url.replace(/^unix:\/\//, ""));
  const recorded = new Map<string, readonly string[]>();
  for (const each of cases) {
    const kept = outcomes.get(release)?.get(each.name);
    const asked = !values.case || values.case.includes(each.name);
    if (asked) recorded.set(each.name, await outcomeOf(ask, each));
    else if (kept) recorded.set(each.name, kept);
  }
  outcomes.set(release, recorded);
  console.log(`${release}: ${recorded.size} cases`);
}

if (urls.length === 0) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const outcomes = apart(await recordedBuilds());
  await Promise.all(urls.map((url) => record(url, outcomes)));
  const file = new URL("lab/builds/recorded.json", import.meta.url);
  await writeFile(file, `${JSON.stringify(together(outcomes), null, 1)}\n`);
}
