// A learner at the page, in a real browser: what can be typed, clicked and read there.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Where Chromium is; `undefined` where there is none. */
export const browserPath = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Starts Chromium, which reaches nothing but the loopback interface. */
export function startBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: browserPath!,
    args: [
      "--no-sandbox", // the sandbox does not work for root
      "--disable-gpu",
      "--disable-dev-shm-usage", // /dev/shm may be small
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ...args,
    ],
  });
}

/** The screens that the page is tried on. */
export const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
} as const satisfies Readonly<Record<string, BrowserContextOptions>>;

/** Collects what goes wrong in a page, and what it asks of others than the server at `address`. */
export function complaintsOf(page: Page, address: string): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !/^(blob|data):/.test(url)) complaints.push(`asked ${url}`);
  });
  return complaints;
}

/** One who learns. */
export class Learner {
  /** What went wrong in the page, and what it has asked of others. */
  readonly complaints: readonly string[];

  private constructor(
    readonly page: Page,
    readonly address: string,
  ) {
    // A machine that does much else is slow, which is no fault of the page.
    page.setDefaultTimeout(60_000);
    this.complaints = complaintsOf(page, address);
  }

  /** Opens the page in a window of its own, and waits for the prompt. */
  static async open(
    browser: Browser,
    address: string,
    {
      on = "desktop",
      fragment = "",
      ...more
    }: { on?: keyof typeof screens; fragment?: string } & BrowserContextOptions = {},
  ): Promise<Learner> {
    const context = await browser.newContext({ ...screens[on], ...more });
    const learner = new Learner(await context.newPage(), address);
    await learner.page.goto(`${address}${fragment}`);
    await learner.prompted();
    return learner;
  }

  /** Waits until a shell waits at its prompt. */
  async prompted(): Promise<void> {
    await this.page.waitForSelector("html[data-ready]");
    await this.page.waitForFunction(() => {
      const rows = [...document.querySelectorAll(".terminal:not([hidden]) .xterm-rows > div")].map(
        (row) => row.textContent ?? "",
      );
      return /[#$] ?$/.test(rows.map((row) => row.trimEnd()).findLast((row) => row !== "") ?? "");
    });
  }

  /** What the terminal shows. */
  shown(): Promise<string> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll(".terminal:not([hidden]) .xterm-rows > div")]
        .map((row) => (row.textContent ?? "").replaceAll("\u00a0", " ").trimEnd())
        .join("\n")
        .trim(),
    );
  }

  /** Types a line, and waits for the next prompt. Returns what the terminal shows. */
  async types(line: string): Promise<string> {
    await this.page.keyboard.type(line);
    // What was typed must be there before the end of the line is.
    await this.page.waitForFunction(
      (tail) =>
        [...document.querySelectorAll(".terminal:not([hidden]) .xterm-rows > div")]
          .map((row) => (row.textContent ?? "").replaceAll("\u00a0", " "))
          .join("")
          .replaceAll(" ", "")
          .includes(tail),
      line.slice(-20).replaceAll(" ", ""),
    );
    await this.page.keyboard.press("Enter");
    await this.page.waitForTimeout(50);
    await this.prompted();
    return this.shown();
  }

  /** Waits until the text of an element has something in it. */
  async sees(selector: string, text: string): Promise<void> {
    await this.page.locator(selector, { hasText: text }).first().waitFor();
  }

  /** The picture in words, as a screen reader has it. */
  async picture(): Promise<string[]> {
    return this.page
      .locator("figure.main .row")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  }

  async leaves(): Promise<void> {
    await this.page.context().close();
  }
}
