import { readFileSync } from "node:fs";
import { FileError } from "@dryharbor/kernel";
import { createSimulator } from "@dryharbor/simulator";
import { describe, expect, it } from "vitest";
import { dockerCommand } from "../src/index.js";
import { bareIo } from "../src/io.js";

// What compose 2.40 printed: packages/conformance/compose/record-config.ts.
interface Recorded {
  args: string;
  files: Record<string, string>;
  yaml: string;
  json: string;
  hash: string;
  stderr: string;
}
const recorded = JSON.parse(readFileSync(new URL("compose-config.json", import.meta.url), "utf8")) as Record<
  string,
  Recorded
>;

const docker = dockerCommand(createSimulator().engine, { release: "28.5" });

/** Files in memory, in one folder. */
function filesOf(folder: string, files: Record<string, string>) {
  const at = (path: string) => files[path.replace(`${folder}/`, "")];
  return {
    ...bareIo.files,
    exists: (path: string) => at(path) !== undefined,
    isDirectory: () => false,
    read(path: string) {
      const text = at(path);
      if (text === undefined) throw new FileError("ENOENT");
      return new TextEncoder().encode(text);
    },
  };
}

describe("compose config prints what compose 2.40 does", () => {
  it.each(Object.keys(recorded))("%s", async (name) => {
    const { args, files, ...real } = recorded[name] as Recorded;
    const folder = `/tmp/dryharbor-compose/${name}`;
    const run = (...more: string[]) =>
      docker(["compose", ...args.split(" ").filter(Boolean), "config", ...more], {
        cwd: folder,
        env: { HOME: "/root", OUTER: "from outside" },
        files: filesOf(folder, files),
      });
    const json = await run("--format", "json");
    const ours = {
      yaml: (await run()).stdout,
      json: json.stdout,
      hash: json.exitCode === 0 ? (await run("--hash", "*")).stdout : "",
      stderr: json.stderr
        .replace(/time="[^"]*"/g, "time")
        .split("\n")
        .sort()
        .join("\n"),
    };
    expect(ours).toEqual(real);
  });
});
