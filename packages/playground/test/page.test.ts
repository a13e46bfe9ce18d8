import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveFolder } from "../tools/serve-folder.mjs";
import { browserPath, Learner, startBrowser } from "./learner.js";

// Drives the built page as a learner would, in Chromium.

const missing = "there is no Chromium here: apt-get install chromium";

let folder: string;
let browser: Browser;
let server: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  if (browserPath === undefined) return;
  folder = await mkdtemp(join(tmpdir(), "dryharbor-page-"));
  const root = fileURLToPath(new URL("..", import.meta.url));
  // Vite makes no page for production where NODE_ENV is set to something else, as vitest does.
  const environment = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  await build({ root, logLevel: "error", build: { outDir: folder, emptyOutDir: true } });
  process.env.NODE_ENV = environment;
  // The page opens under any path.
  server = await serveFolder(folder, { path: "/some/where/" });
  browser = await startBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What axe finds against WCAG 2.2 A and AA. */
async function barriers({ page }: Learner): Promise<string[]> {
  const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as never as {
      axe: {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    // Experimental in axe: it takes all text of a picture's button for its label. The labels begin with the names.
    const rules = { "label-content-name-mismatch": { enabled: false } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await axe.run({ exclude: [[".xterm-screen"]] }, { runOnly: tags, rules });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  });
}

describe("the page on a desktop", { timeout: 240_000 }, () => {
  it("shows what is typed, takes it back, and shares it", async ({ skip }) => {
    skip(browserPath === undefined, missing);
    const learner = await Learner.open(browser, server.address, { fragment: "#sandbox" });
    const { page } = learner;

    await learner.types("docker network create harbor");
    await learner.sees(".drawing", "172.18.0.0/16");
    await learner.types("docker run -d --name web --network harbor -p 8080:80 nginx");
    await learner.types("docker run -d --name boat --network harbor --network-alias ferry busybox top");
    await learner.sees(".drawing", "172.18.0.3");
    expect(await learner.picture()).toEqual([
      expect.stringContaining("The host"),
      "web, running, of nginx; on harbor at 172.18.0.2; port 8080 of the host (0.0.0.0) leads to 80/tcp; port 8080 of the host (::) leads to 80/tcp",
      "boat, running, of busybox; on harbor at 172.18.0.3, alias ferry",
    ]);

    // Packets, questions and answers are told of in words.
    expect(await learner.types("docker exec web curl -s ferry:81; echo $?")).toContain("\n7\n");
    await page.click("#view-tab-log");
    await learner.sees(".lines", "web asked 127.0.0.11 for ferry: 172.18.0.3");
    await learner.sees(".lines", "web was refused by boat at 172.18.0.3:81: nobody listens there");
    await page.click("#terminals");
    await learner.types("docker exec boat nslookup nobody; true");
    await learner.sees(
      ".lines",
      "boat asked 127.0.0.11 for nobody: no such name, because no container has that name",
    );

    // Two containers that are pointed at are compared.
    await page.click("#view-tab-picture");
    await page.click("[data-name=web]");
    await learner.sees("#sight", "Seen from web");
    await page.click("[data-name=boat]");
    await page.click("#sight .primary");
    await learner.sees(".way", "From boat to web");
    await learner.sees(".way tr.good", "172.18.0.3");

    // Back and forth.
    await page.click("#view-tab-picture");
    await page.click("#terminals");
    await learner.types("docker rm -f web");
    await learner.types("undo");
    expect(await learner.types("docker ps --format '{{.Names}}'")).toMatch(/boat\nweb\n/);
    await page.click("#undo");
    await page.waitForFunction(() => document.querySelector<HTMLButtonElement>("#redo")!.disabled === false);
    await learner.prompted();

    // A link holds all of it, and where each command was typed.
    await page.click("#terminals");
    await learner.types("cd /srv && echo moored > rope");
    await page.click("#share");
    const link = await page.inputValue("dialog textarea");
    expect(link).toContain("#dh1.");
    await page.keyboard.press("Escape");
    const friend = await Learner.open(browser, server.address, { fragment: new URL(link).hash });
    await friend.sees(".drawing", "ferry");
    expect((await friend.picture()).length).toBe(3);
    expect(await friend.types("cat rope")).toContain("moored");
    expect(friend.complaints).toEqual([]);
    await friend.leaves();

    // A level that was made in the page has a link, which begins it.
    await page.click("#terminals");
    await page.keyboard.type("build level\n");
    await page.fill("dialog input >> nth=0", "Mooring");
    await page.click("dialog >> text=Share a link");
    const toLevel = await page.inputValue("dialog textarea[aria-label=Link]");
    await page.keyboard.press("Escape");
    const pupil = await Learner.open(browser, server.address, { fragment: new URL(toLevel).hash });
    await pupil.sees("#level-title", "Mooring");
    expect(await pupil.picture()).toEqual([expect.stringContaining("The host")]);
    await pupil.types("show solution");
    await pupil.sees("#terminals", "cd /srv && echo moored > rope");
    expect(pupil.complaints).toEqual([]);
    await pupil.leaves();

    expect(learner.complaints).toEqual([]);
    await learner.leaves();
  });

  it("teaches a level, and keeps what was done over a reload without a network", async ({ skip }) => {
    skip(browserPath === undefined, missing);
    const own = await serveFolder(folder, { path: "/deep/" });
    const learner = await Learner.open(browser, own.address);
    const { page } = learner;
    await page.click("[data-key=type]");
    await learner.sees("#lesson-pane", "Which networks does a fresh Docker host have?");
    await learner.prompted();
    await page.click('[data-key="choice 0"]');
    await learner.sees("#lesson-pane .verdict", "Not quite.");
    await learner.prompted();
    await page.click("[data-key=type]");
    await learner.sees("#lesson-pane", "Now make a network of your own.");
    await learner.prompted();
    expect(await learner.types("hint")).toContain("pier");
    expect(await learner.types("show solution")).toContain("docker network create");

    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    // What is kept is written a moment after the last step.
    await page.waitForFunction(() => localStorage.getItem("dryharbor session")?.startsWith("dh1."));
    await page.waitForTimeout(600);
    await own.close();
    await page.reload();
    await learner.prompted();
    await learner.sees("#lesson-pane", "Now make a network of your own.");
    await learner.types("docker network create harbor");
    await learner.sees(".drawing", "harbor");
    expect(learner.complaints).toEqual([]);
    await learner.leaves();
  });

  it("plays two releases side by side, and marks what differs", async ({ skip }) => {
    skip(browserPath === undefined, missing);
    const learner = await Learner.open(browser, server.address, { fragment: "#sandbox" });
    const { page } = learner;
    await learner.types("docker network create harbor");
    await page.selectOption("#releases select", "20.10");
    await learner.sees("figure.other figcaption", "20.10");
    await learner.sees("figure.other .drawing", "harbor");
    await page.click("#terminals");
    await learner.types("docker run -d --name web --network harbor busybox top");
    await learner.sees("figure.other .drawing", "web");
    await learner.types("echo; echo ahoy");
    await learner.sees("#differences", "The last command has printed the same on both.");
    // The default bridge of 20.10 shows no gateway.
    await learner.sees("#differences", "172.17.0.1");
    await learner.types("docker version --format '{{.Server.Version}}'");
    await learner.sees("#differences mark", "29");
    await learner.sees("#differences mark", "20.10");
    expect(learner.complaints).toEqual([]);
    await learner.leaves();
  });

  it("goes by the keyboard alone", async ({ skip }) => {
    skip(browserPath === undefined, missing);
    const learner = await Learner.open(browser, server.address, { fragment: "#sandbox" });
    const { page } = learner;
    await learner.types("docker network create harbor");
    await learner.types("docker run -d --name web --network harbor busybox top");
    await learner.sees(".drawing", "web");
    const pane = () => page.evaluate(() => document.activeElement?.closest(".pane, header")?.id);
    await page.keyboard.press("F6");
    expect(await pane()).toBe("picture-pane");
    // The tabs, the picture: one container at a time, arrows go to the next one.
    for (let tabs = 0; tabs < 8; tabs++) {
      if (await page.evaluate(() => document.activeElement?.matches(".drawing .row"))) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await learner.sees("#sight", "Seen from web");
    await page.keyboard.press("Escape");
    await learner.sees("#sight", "Point at a container");
    await page.keyboard.press("Shift+F6");
    expect(await pane()).toBe("terminal-pane");
    await learner.types("docker ps -q");
    expect(learner.complaints).toEqual([]);
    await learner.leaves();
  });
});

describe("the page for everybody", { timeout: 240_000 }, () => {
  for (const screen of ["desktop", "phone"] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`has no barriers on a ${screen}, ${colorScheme}`, async ({ skip }) => {
        skip(browserPath === undefined, missing);
        const learner = await Learner.open(browser, server.address, {
          on: screen,
          colorScheme,
          reducedMotion: "reduce",
        });
        const { page } = learner;
        await page.click("[data-key=type]");
        await learner.prompted();
        await learner.sees("#lesson-pane", "Which networks");
        await learner.prompted();
        await page.click("#terminals");
        await learner.types("docker network create harbor");
        await learner.types("docker run -d --name web --network harbor -p 80:80 --network-alias www nginx");
        await learner.types("docker exec web getent hosts nobody");
        await learner.sees(".drawing", "www");
        expect(await barriers(learner)).toEqual([]);
        for (const view of ["log", "words", "reach"]) {
          await page.click(`#view-tab-${view}`);
          expect(await barriers(learner)).toEqual([]);
        }
        for (const opener of ["#levels", "#more"]) {
          await page.click(opener);
          await page.waitForSelector("dialog[open]");
          expect(await barriers(learner)).toEqual([]);
          await page.keyboard.press("Escape");
        }
        // Nothing is wider than the screen.
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
        expect(learner.complaints).toEqual([]);
        await learner.leaves();
      });
    }
  }
});
