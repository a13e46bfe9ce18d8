import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, complaintsOf, screens, startBrowser } from "../../packages/playground/test/learner.js";
import { type FolderServer, serveFolder } from "../../packages/playground/tools/serve-folder.mjs";

// The built site: its links, and how it is in Chromium.

const folder = fileURLToPath(new URL("../.vitepress/dist", import.meta.url));
const isBuilt = existsSync(join(folder, "classroom/index.html"));
const notBuilt = "the site is not built: npx -y pnpm@10 build";
const noBrowser = "there is no Chromium here: apt-get install chromium";

describe("the files of the site", () => {
  it("have no dead link, and lead to no other file of the repository", { timeout: 120_000 }, ({ skip }) => {
    skip(!isBuilt, notBuilt);
    const pages = filesIn(folder).filter((file) => file.endsWith(".html") && !file.startsWith("classroom/"));
    const ids = new Map(pages.map((page) => [page, idsOf(readFileSync(join(folder, page), "utf8"))]));
    expect(pages).toEqual(
      expect.arrayContaining(["index.html", "recipes/vitest.html", "reference/index.html"]),
    );
    const dead = pages.flatMap((page) =>
      linksOf(readFileSync(join(folder, page), "utf8"))
        .filter((link) => !/^[a-z]+:/.test(link) && !leads(page, link, ids))
        .map((link) => `${page}: ${link}`),
    );
    expect([...new Set(dead)]).toEqual([]);
  });
});

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescaped(id!)));
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g)].map(([, link]) =>
    unescaped(link!),
  );
}

function unescaped(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");
}

/** Returns whether a page's link leads to a file, and to a place in it where it names one. */
function leads(page: string, link: string, ids: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const [path = "", place] = decodeURI(link).split("#");
  const target =
    path === "" ? page : path.startsWith("/") ? path.slice(1) : posix.join(posix.dirname(page), path);
  const file = target === "" || target.endsWith("/") ? `${target}index.html` : target;
  if (!existsSync(join(folder, file)) || statSync(join(folder, file)).isDirectory()) return false;
  return !place || !ids.has(file) || ids.get(file)!.has(place);
}

describe("the site in a browser", { timeout: 240_000 }, () => {
  let browser: Browser;
  let server: FolderServer;
  const obstacle = isBuilt ? (browserPath === undefined ? noBrowser : undefined) : notBuilt;
  beforeAll(async () => {
    if (obstacle !== undefined) return;
    server = await serveFolder(folder);
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const mainPages = [
    "",
    "getting-started.html",
    "recipes/",
    "recipes/proxy.html",
    "how-true.html",
    "not-compared.html",
    "control.html",
    "teaching.html",
    "course.html",
    "calls.html",
    "reference/@dryharbor/simulator/node.html",
  ];

  it.for(["light", "dark"] as const)(
    "its main pages have no barrier, and ask nobody else, in %s",
    async (looks, { skip }) => {
      skip(obstacle !== undefined, obstacle);
      const reader = await Reader.arrive(browser, server.address, { colorScheme: looks, ...screens.desktop });
      for (const path of mainPages) {
        await reader.opens(path);
        expect(await reader.barriers(), path).toEqual([]);
      }
      expect(reader.complaints).toEqual([]);
      await reader.leaves();
    },
  );

  it("has room on a phone", async ({ skip }) => {
    skip(obstacle !== undefined, obstacle);
    const reader = await Reader.arrive(browser, server.address, screens.phone);
    for (const path of mainPages) {
      await reader.opens(path);
      const { wide, width } = await reader.page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      expect(wide, path).toBeLessThanOrEqual(width);
    }
    await reader.opens("getting-started.html");
    await reader.page.locator("button.menu").click();
    await reader.page.getByRole("link", { name: "Virtual time", exact: true }).click();
    await reader.page.getByRole("heading", { level: 1, name: "Virtual time" }).waitFor();
    expect(reader.complaints).toEqual([]);
    await reader.leaves();
  });

  it("finds a recipe", async ({ skip }) => {
    skip(obstacle !== undefined, obstacle);
    const reader = await Reader.arrive(browser, server.address, screens.desktop);
    const { page } = reader;
    await reader.opens("");
    await page.keyboard.press("Control+k");
    await page.keyboard.type("testcontainers Ryuk");
    await page.locator(".results a", { hasText: "testcontainers" }).first().click();
    await page.getByRole("heading", { level: 1, name: "testcontainers" }).waitFor();
    expect(await page.locator("code").allTextContents()).toContainEqual(
      expect.stringContaining("TESTCONTAINERS_RYUK_DISABLED"),
    );
    expect(reader.complaints).toEqual([]);
    await reader.leaves();
  });

  it("opens the classroom", async ({ skip }) => {
    skip(obstacle !== undefined, obstacle);
    const reader = await Reader.arrive(browser, server.address, screens.desktop);
    await reader.opens("teaching.html");
    await reader.page.locator("main").getByRole("link", { name: "classroom" }).click();
    await reader.page.waitForSelector("html[data-ready]");
    expect(new URL(reader.page.url()).pathname).toBe("/classroom/");
    expect(reader.complaints).toEqual([]);
    await reader.leaves();
  });
});

/** One who reads the site. */
class Reader {
  /** What went wrong in the pages, and what they have asked of others. */
  readonly complaints: readonly string[];

  private constructor(
    readonly page: Page,
    readonly address: string,
  ) {
    page.setDefaultTimeout(60_000);
    this.complaints = complaintsOf(page, address);
  }

  static async arrive(
    browser: Browser,
    address: string,
    options: Parameters<Browser["newContext"]>[0],
  ): Promise<Reader> {
    const context: BrowserContext = await browser.newContext(options);
    return new Reader(await context.newPage(), address);
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.address}${path}`, { waitUntil: "networkidle" });
    await this.page.waitForSelector("h1");
  }

  /** What axe finds against WCAG 2.2 A and AA. */
  async barriers(): Promise<string[]> {
    const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      const { axe } = globalThis as never as {
        axe: {
          run(options: object): Promise<{
            passes: unknown[];
            violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      };
      const { passes, violations } = await axe.run({
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      });
      if (passes.length === 0) throw new Error("axe has looked at nothing");
      return violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 5).map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
      );
    });
  }

  async leaves(): Promise<void> {
    await this.page.context().close();
  }
}
