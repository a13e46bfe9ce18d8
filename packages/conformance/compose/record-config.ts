// Records what the real compose 2.40 makes of many files, for the tests of @dryharbor/docker-cli: record-config.ts.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { configFiles } from "./config-files.js";
import { realCompose } from "./real-compose.js";

/** Folders of this name have to be the same wherever it is recorded, since compose prints them. */
const base = "/tmp/dryharbor-compose";
const environment = { HOME: "/root", PATH: process.env.PATH ?? "", OUTER: "from outside" };
const recorded: Record<string, unknown> = {};
const target = new URL("../../docker-cli/test/compose-config.json", import.meta.url);

async function recordOne(name: string, { args = "", ...files }: Record<string, string>): Promise<void> {
  const folder = `${base}/${name}`;
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(`${folder}/${file}`, content);
  const words = [...args.split(" ").filter(Boolean), "config"];
  const run = (...more: string[]) => realCompose([...words, ...more], folder, environment);
  const json = await run("--format", "json");
  const yaml = json.exitCode === 0 ? (await run()).stdout : "";
  const hash = json.exitCode === 0 ? (await run("--hash", "*")).stdout : "";
  const stderr = json.stderr
    .replace(/time="[^"]*"/g, "time")
    .split("\n")
    .sort()
    .join("\n");
  recorded[name] = { args, files, yaml, json: json.stdout, hash, stderr };
}

const left = Object.entries(configFiles);
async function work(): Promise<void> {
  for (let next = left.shift(); next; next = left.shift()) await recordOne(...next);
}
await Promise.all(Array.from({ length: 8 }, work));
await rm(base, { recursive: true, force: true });
const sorted = Object.fromEntries(Object.keys(configFiles).map((name) => [name, recorded[name]]));
await writeFile(target, `${JSON.stringify(sorted, null, 1)}\n`);
console.log(`${Object.keys(recorded).length} files: ${fileURLToPath(target)}`);
