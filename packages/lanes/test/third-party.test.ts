import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { noticesOf, packagesOf } from "../../../tools/third-party.mjs";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "third-party-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function packageWith(name: string, license: string, files: Record<string, string>): string {
  const folder = join(directory, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.stringify({ name, version: "1.2.3", license });
  for (const [file, text] of Object.entries({ ...files, "package.json": manifest })) {
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

it("finds the packages of files", () => {
  const scoped = packageWith("@some/scoped", "MIT", {});
  const inner = packageWith("outer/node_modules/inner", "ISC", {});
  const files = [
    join(scoped, "lib/a.js"),
    join(scoped, "b.js"),
    join(inner, "index.js"),
    "../kernel/src/index.ts",
    "\0/node_modules/virtual/x.js",
  ];
  expect(packagesOf(files)).toEqual([scoped, inner]);
});

it("writes names, versions, licences and their words", () => {
  const folders = [
    packageWith("zebra", "Apache-2.0", { LICENSE: "Words of Apache.\r\n", NOTICE: "Made by Z." }),
    packageWith("ant", "MIT", { "license.md": "Words of MIT." }),
  ];
  const line = "-".repeat(80);
  expect(noticesOf(folders)).toBe(
    "This package contains code of the following packages.\n\n" +
      `${line}\n\nant 1.2.3 (MIT)\n\nWords of MIT.\n\n` +
      `${line}\n\nzebra 1.2.3 (Apache-2.0)\n\nWords of Apache.\n\nMade by Z.\n`,
  );
});

it("refuses a licence that asks for more, and a package without its words", () => {
  expect(() => noticesOf([packageWith("copyleft", "GPL-3.0", { LICENSE: "…" })])).toThrow(
    'copyleft is bundled, and its licence "GPL-3.0" is not allowed',
  );
  expect(() => noticesOf([packageWith("silent", "MIT", {})])).toThrow(
    "silent is bundled, and has no file with its licence",
  );
});
