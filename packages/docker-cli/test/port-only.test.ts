import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

// The command knows the port and the kernel's contract, and no driver behind them.
const root = new URL("../src/", import.meta.url);
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
);
const allowed = [
  "@dryharbor/kernel",
  "@dryharbor/kernel/path-list",
  "@dryharbor/kernel/tar",
  "@dryharbor/sdk/platform",
  "@dryharbor/sdk/port",
  "@dryharbor/sdk/timestamp",
  "@dryharbor/sdk/topology",
  "js-yaml",
];

it.each(files)("%s imports the port and the contract for a process at most", (file) => {
  const imported = Array.from(
    readFileSync(new URL(file, root), "utf8").matchAll(
      /^(?:import|export|\}) ?(?:[^"=]* )?from "([^"]+)";$|\bimport\("([^"]+)"\)/gm,
    ),
    ([, name, later]) => name ?? (later as string),
  );
  expect(
    imported.filter((name) => name !== undefined && !name.startsWith(".") && !allowed.includes(name)),
  ).toEqual([]);
});
