// Writes docs/course.md: pnpm --filter @dryharbor/examples transcript
import { writeFile } from "node:fs/promises";
import { releaseNames } from "@dryharbor/simulator";
import { dockerVersion, missingPrograms } from "./at-docker.js";
import { asMarkdown } from "./markdown.js";
import { recordOnSimulator } from "./on-simulator.js";

const missing = await missingPrograms();
if (missing.length > 0) throw new Error(`the transcript needs ${missing.join(", ")} on this machine`);
const [version, newest] = [await dockerVersion(), releaseNames.at(-1)!];
if (!version.startsWith(`${newest}.`))
  throw new Error(`the page shows docker ${newest}, and this machine has ${version}`);
const transcript = await recordOnSimulator();
for (const failure of transcript.failed) console.error(failure);
await writeFile(new URL("../../../../docs/course.md", import.meta.url), asMarkdown(transcript));
process.exitCode = transcript.failed.length === 0 ? 0 : 1;
