import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

// A program sees the kernel's contract for a process and nothing else. What sets processes up is `@dryharbor/kernel/host`,
// and is not for programs.
const root = new URL("../src/", import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);
// Patterns, DNS messages and archives know nothing of processes.
const allowed = [
  "@dryharbor/kernel",
  "@dryharbor/kernel/dns-message",
  "@dryharbor/kernel/patterns",
  "@dryharbor/kernel/tar",
];

it.each(files)("%s imports the contract for a process at most", (file) => {
  const imported = Array.from(
    readFileSync(new URL(file, root), "utf8").matchAll(/from "([^"]+)"/g),
    ([, name]) => name as string,
  );
  expect(imported.filter((name) => !name.startsWith(".") && !allowed.includes(name))).toEqual([]);
});
