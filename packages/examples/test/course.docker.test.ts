import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { releaseNames } from "@dryharbor/simulator";
import { beforeAll, describe, expect, it } from "vitest";
import { simulatedHost } from "../src/course/host.js";
import { dockerVersion, missingPrograms } from "../src/transcript/at-docker.js";
import { asMarkdown } from "../src/transcript/markdown.js";
import { recordOnSimulator } from "../src/transcript/on-simulator.js";
import { comparable, record } from "../src/transcript/transcript.js";

describe("the course by the docker command, on a simulator that is served", () => {
  let obstacle: string | undefined;
  beforeAll(async () => {
    const missing = await missingPrograms();
    if (missing.length > 0) obstacle = `this machine has no ${missing.join(", no ")}`;
    else if (!(await isFree(3000))) obstacle = "another program has port 3000, which the course publishes";
  });

  it.for(releaseNames)("holds as %s", async (release, { skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    expect((await recordOnSimulator(release)).failed).toEqual([]);
  });

  it("prints what ours prints as a docker of that version", async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const [major] = (await dockerVersion()).split(".");
    const release = releaseNames.find((name) => `${name}.`.startsWith(`${major}.`));
    if (release === undefined) skip(`this machine's docker is of ${major}, of which ours is not`);
    const real = await recordOnSimulator();
    await using host = simulatedHost(undefined, release);
    const ours = await record(host);
    expect(comparable(asMarkdown(ours))).toBe(comparable(asMarkdown(real)));
  });

  it("prints what docs/course.md says, where it is the newest", async ({ skip }) => {
    if (obstacle !== undefined) skip(obstacle);
    const [version, newest] = [await dockerVersion(), releaseNames.at(-1)!];
    if (!version.startsWith(`${newest}.`))
      skip(`the page shows docker ${newest}, and this machine has ${version}`);
    const page = await readFile(new URL("../../../docs/course.md", import.meta.url), "utf8");
    const how = "pnpm --filter @dryharbor/examples transcript writes docs/course.md anew";
    expect(comparable(page), how).toBe(comparable(asMarkdown(await recordOnSimulator())));
  });
});

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
