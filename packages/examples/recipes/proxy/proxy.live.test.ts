import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openEngine } from "@dryharbor/sdk";
import { describe, it } from "vitest";
import { removeSites, tryProxy } from "./sites.js";

// The same proxy on real engines. It runs where their published ports are: in the engine's network namespace.

const targets = (process.env.DRYHARBOR_ENGINES ?? "").split(",").filter(Boolean);
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe.each(targets)("the proxy on %s", (target) => {
  it("follows containers that come and go", { timeout: 120_000 }, async () => {
    await using engine = await openEngine(target);
    await removeSites(engine);
    const [enter, ...inside] = await entering(target);
    const program = [...inside, process.execPath, file("../../../../tools/run.mjs"), file("main.ts"), "0"];
    const proxy = spawn(enter!, program, {
      env: { ...process.env, DOCKER_HOST: target },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const [line] = (await once(createInterface(proxy.stdout), "line")) as [string];
      const address = line.slice(line.indexOf("http"));
      await tryProxy(engine, async (site) => {
        const curl = [...inside, "curl", "-s", "-H", `Host: ${site}`, `${address}/`];
        return (await promisify(execFile)(enter!, curl)).stdout;
      });
    } finally {
      proxy.kill();
      await removeSites(engine);
    }
  });
});

/** How to run a program where the engine's ports are open. An engine of tools/engine-lab has a network of its own. */
async function entering(target: string): Promise<string[]> {
  const directory = dirname(target.replace(/^unix:\/\//, ""));
  const [, , init] = (await readFile(`${directory}/pids`, "utf8").catch(() => "")).split(" ");
  return init === undefined ? ["env"] : ["nsenter", "-t", init, "-n"];
}
