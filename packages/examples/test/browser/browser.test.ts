import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { releaseNames } from "@dryharbor/simulator";
import { build } from "esbuild";
import { afterEach, expect, it } from "vitest";
import { course } from "../../src/course/course.js";
import type { Outcome } from "./outcome.js";

// Runs the course where there is no Node: in a page of a real browser, and in a worker of that page.

const page = `<!doctype html><script type="module">
  import { outcome } from "/outcome.js";
  const settled = (promise) => promise.catch((error) => String(error.stack));
  const worker = new Worker("/worker.js", { type: "module" });
  const inWorker = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  const body = JSON.stringify({ page: await settled(outcome()), worker: await settled(inWorker) });
  await fetch("/told", { method: "POST", body });
</script>`;
const worker = `import { outcome } from "/outcome.js"; postMessage(await outcome());`;

const browser = ["chromium", "chromium-browser", "google-chrome"].find((name) =>
  (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }),
);

const checksOfTheCourse = course.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks)).length;

let running: ChildProcess | undefined;
afterEach(() => {
  // The browser and its processes are one process group.
  if (running?.pid) process.kill(-running.pid, "SIGKILL");
});

it("runs in a page and in a worker", { timeout: 60_000 }, async ({ skip }) => {
  skip(browser === undefined, "there is no Chromium here: apt-get install chromium");
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("outcome.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "browser",
    format: "esm",
    conditions: ["@dryharbor/source"],
  });
  const files: Readonly<Record<string, [type: string, text: string]>> = {
    "/": ["text/html", page],
    "/worker.js": ["text/javascript", worker],
    "/outcome.js": ["text/javascript", outputFiles[0]!.text],
  };
  let told: (outcomes: unknown) => void;
  const outcomes = new Promise((resolve) => {
    told = resolve;
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") told(await json(request));
    const [type, text] = files[request.url!] ?? ["text/plain", ""];
    response.writeHead(200, { "Content-Type": type }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const directory = await mkdtemp(join(tmpdir(), "dryharbor-browser-"));
  running = spawn(
    browser!,
    [
      "--headless",
      "--no-sandbox", // the sandbox does not work for root
      "--disable-gpu",
      "--disable-dev-shm-usage", // /dev/shm may be small
      "--no-first-run",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      `--user-data-dir=${directory}`,
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ],
    { stdio: "ignore", detached: true },
  );
  const expected: Outcome = {
    held: releaseNames.length * checksOfTheCourse,
    failed: [],
    shell: "3 2 1 box\n",
    subnet: "172.18.0.0/16",
  };
  const ended = once(running, "exit").then(([code, signal]) => `${browser} ended: ${code ?? signal}`);
  expect(await Promise.race([outcomes, ended])).toEqual({ page: expected, worker: expected });
  server.close();
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
});
