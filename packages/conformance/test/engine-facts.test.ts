import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const facts = readFileSync(join(root, "docs/engine-facts.md"), "utf8");
const sections = [...facts.matchAll(/^###? (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number);

/** The places where code points to a section, as in `docs/engine-facts.md, 4.1`. */
const pointers = filesIn("")
  .filter((path) => /\.[cm]?tsx?$/.test(path))
  .flatMap((path) => {
    const text = readFileSync(join(root, "packages", path), "utf8");
    return [...text.matchAll(/engine-facts\.md,[\s*]+(\d+(?:\.\d+)?)/g)].map(([, section]) => ({
      path,
      section,
    }));
  });

/** All files below `packages`, without those that are installed or built: their links may go round in circles. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, "packages", folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules" || entry.name === "dist") return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

describe("docs/engine-facts.md", () => {
  it("has each section once", () => {
    expect(sections).toContain("4.1");
    expect(new Set(sections).size).toBe(sections.length);
  });

  it("has the sections that the code points to", () => {
    expect(pointers.length).toBeGreaterThan(20);
    expect(pointers.filter(({ section }) => !sections.includes(section))).toEqual([]);
  });
});
