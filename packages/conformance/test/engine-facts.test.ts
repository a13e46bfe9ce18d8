import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const facts = readFileSync(join(root, "docs/engine-facts.md"), "utf8");
const sections = [...facts.matchAll(/^###? (\d+(?:\.\d+)?)\.? /gm)].map(([, number]) => number);

/** The places where code points to a section, as in `docs/engine-facts.md, 4.1`. */
const pointers = readdirSync(join(root, "packages"), { recursive: true, encoding: "utf8" })
  .filter((path) => /\.[cm]?tsx?$/.test(path) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(path))
  .flatMap((path) => {
    const text = readFileSync(join(root, "packages", path), "utf8");
    return [...text.matchAll(/engine-facts\.md,[\s*]+(\d+(?:\.\d+)?)/g)].map(([, section]) => ({
      path,
      section,
    }));
  });

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
