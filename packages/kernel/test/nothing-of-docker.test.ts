import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

// The kernel is what Linux does. An engine asks it, and it has no idea why: no word of Docker is in it, and it imports
// nobody.
const root = new URL("../src/", import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);
const words =
  /\b(docker\w*|moby|libnetwork|containerd|runc|containers?|images?|engines?|daemons?|releases?|https?|compose|swarm)\b/gi;

/** Where a word means something else. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // Says who the file is for.
  "host.ts": ["engine"],
};

describe("the kernel", () => {
  it.each(files)("says nothing of Docker in %s", (file) => {
    const found = readFileSync(new URL(file, root), "utf8").match(words) ?? [];
    expect(found.filter((word) => !allowed[file]?.includes(word.toLowerCase()))).toEqual([]);
  });

  it.each(files)("imports only itself in %s", (file) => {
    const imported = Array.from(
      readFileSync(new URL(file, root), "utf8").matchAll(/from "([^"]+)"/g),
      ([, name]) => name as string,
    );
    expect(imported.filter((name) => !name.startsWith("."))).toEqual([]);
  });
});
