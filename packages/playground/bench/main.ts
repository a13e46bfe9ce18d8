// Measures the page in Chromium: the time to the first prompt against a bare page with the same terminal, frames while
// 100 containers move, and the time from a key to its letter while an engine with 1,000 containers works.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { browserPath, Learner, startBrowser } from "../test/learner.js";
import { serveFolder } from "../tools/serve-folder.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

const bareHtml = `<!doctype html><title>bare</title><div id="terminal" style="height:600px"></div><script type="module" src="./bare.js"></script>`;
const bareScript = `
import "@xterm/xterm/css/xterm.css";
import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
const terminal = new Terminal();
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.open(document.querySelector("#terminal"));
fit.fit();
terminal.write("docker:~# ", () => requestAnimationFrame(() => { document.documentElement.dataset.ready = ""; }));
`;

if (browserPath === undefined) {
  console.error("there is no Chromium here: apt-get install chromium");
  process.exit(1);
}
const folder = await mkdtemp(join(root, ".bench-"));
const browser = await startBrowser();
try {
  const page = await built();
  await firstPrompt(browser, folder, page);
  const server = await serveFolder(page, {});
  await frames(browser, server.address);
  await keystroke(browser, server.address);
  await server.close();
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}

async function built(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), "dryharbor-bench-"));
  await build({ root, logLevel: "error", build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** In turns, so that both meet the same machine. */
async function firstPrompt(browser: Browser, folder: string, built: string): Promise<void> {
  await writeFile(join(folder, "index.html"), bareHtml);
  await writeFile(join(folder, "bare.js"), bareScript);
  const outDir = join(folder, "dist");
  await build({ root: folder, base: "./", configFile: false, logLevel: "error", build: { outDir } });
  const [bare, page] = await Promise.all([serveFolder(outDir), serveFolder(built)]);
  const times = { bare: [] as number[], page: [] as number[] };
  for (let round = 0; round < 7; round++) {
    times.bare.push(await timeOf(browser, bare.address));
    times.page.push(await timeOf(browser, page.address));
  }
  await bare.close();
  await page.close();
  const [one, other] = [median(times.bare), median(times.page)];
  console.log(
    `first prompt: ${other.toFixed(0)} ms, a bare page ${one.toFixed(0)} ms: ${(other / one).toFixed(2)} times`,
  );
}

async function timeOf(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector("html[data-ready]");
  const time = await page.evaluate(
    () => performance.getEntriesByName("prompt")[0]?.startTime ?? performance.now(),
  );
  await context.close();
  return time;
}

/** Makes containers by what the page imports. */
async function withContainers(browser: Browser, address: string, count: number): Promise<Learner> {
  const learner = await Learner.open(browser, address, { fragment: "#sandbox" });
  const { page } = learner;
  // What runs this program gives functions their names by this, also those that are sent to the page.
  await page.evaluate("globalThis.__name = (made) => made");
  const network = {
    Name: "harbor",
    Driver: "bridge",
    Internal: false,
    EnableIPv6: false,
    IPAM: { Config: [{ Subnet: "10.0.0.0/16" }] },
  };
  const containers = Array.from({ length: count }, (_, index) => ({
    Id: `${index}`.padStart(12, "0"),
    Name: `/boat${index}`,
    Config: { Image: "busybox", Cmd: ["top"] },
    State: { Running: true },
    HostConfig: { NetworkMode: "harbor" },
    NetworkSettings: { Networks: { harbor: {} } },
  }));
  await page.click("#more");
  await page.click("dialog >> text=Import");
  await page.fill("dialog textarea", JSON.stringify([network, ...containers]));
  await page.click("dialog >> text=Make it");
  await learner.sees("dialog .said", "carries it out");
  await page.keyboard.press("Escape");
  // The terminal makes them one after the other.
  await page.waitForSelector(`.drawing [data-name=boat${count - 1}]`, {
    state: "attached",
    timeout: 600_000,
  });
  await page.click("#terminals");
  await learner.prompted();
  return learner;
}

async function frames(browser: Browser, address: string): Promise<void> {
  const learner = await withContainers(browser, address, 100);
  const { page } = learner;
  // The first row goes, so that all others move, while packets travel.
  const measured = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const step = (now: number): void => {
          times.push(now);
          if (now - times[0]! < 3_000) requestAnimationFrame(step);
          else resolve(times.slice(1).map((time, index) => time - times[index]!));
        };
        requestAnimationFrame(step);
      }),
  );
  await page.keyboard.type("docker exec boat9 ping -c 1 boat50; docker rm -f boat0 boat1\n");
  const gaps = (await measured).sort((one, other) => one - other);
  console.log(
    `100 containers that move: ${(1000 / median(gaps)).toFixed(0)} frames a second, the slowest twentieth took ${gaps[Math.floor(gaps.length * 0.95)]!.toFixed(1)} ms`,
  );
  await learner.leaves();
}

async function keystroke(browser: Browser, address: string): Promise<void> {
  const learner = await withContainers(browser, address, 1_000);
  const { page } = learner;
  // Another terminal keeps the engine busy.
  await page.keyboard.type("while true; do docker ps -a | wc -l; done\n");
  await page.click("#new-terminal");
  await learner.prompted();
  const times: number[] = [];
  for (let count = 0; count < 30; count++) {
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const rows = document.querySelector(".terminal:not([hidden]) .xterm-rows")!;
            const before = rows.textContent;
            const input = document.querySelector<HTMLTextAreaElement>(".terminal:not([hidden]) textarea")!;
            const began = performance.now();
            new MutationObserver((_, observer) => {
              if (rows.textContent === before) return;
              observer.disconnect();
              resolve(performance.now() - began);
            }).observe(rows, { childList: true, subtree: true, characterData: true });
            for (const type of ["keydown", "keypress", "keyup"]) {
              input.dispatchEvent(
                new KeyboardEvent(type, {
                  key: "x",
                  code: "KeyX",
                  keyCode: type === "keypress" ? 120 : 88,
                  charCode: type === "keypress" ? 120 : 0,
                  bubbles: true,
                  cancelable: true,
                }),
              );
            }
          }),
      ),
    );
  }
  console.log(
    `a key, while an engine with 1,000 containers works: drawn after ${median(times).toFixed(1)} ms, at most ${Math.max(...times).toFixed(1)} ms`,
  );
  await learner.leaves();
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
