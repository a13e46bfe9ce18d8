// Opens the built page where there is a browser. Without one, the build alone has been checked.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { preview } from "vite";

const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
if (executablePath === undefined) {
  console.log("the page was built and not opened: there is no Chromium");
} else {
  const server = await preview({ preview: { host: "127.0.0.1", port: 0 } });
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.waitForFunction(() => document.title === "ready", undefined, { timeout: 240_000 });
  assert.equal(await page.locator("#told").textContent(), "backend\nbridge\nhost\nnone\n42\n");
  assert.deepEqual(errors, []);
  await browser.close();
  await server.close();
}
