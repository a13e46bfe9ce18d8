import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { simulatedHost } from "../src/course/host.js";
import { asMarkdown } from "../src/transcript/markdown.js";
import { comparable, record } from "../src/transcript/transcript.js";

it("shows the two sizes of the engine's subnets alike", () => {
  const shown = (address: string, length: number) => comparable(`"IPv4Address": "${address}/${length}"`);
  expect(shown("192.168.48.3", 20)).toBe(shown("172.18.0.3", 16));
  expect(shown("192.168.49.3", 20)).toBe(shown("172.18.1.3", 16));
  expect(comparable("192.168.16.2 192.168.32.2")).toBe(comparable("172.31.0.2 192.168.0.2"));
  expect(comparable("192.168.0.2 172.31.0.2 192.168.0.3")).toBe(
    comparable("172.18.0.2 172.19.0.2 172.18.0.3"),
  );
});

it("tells two subnets apart", () => {
  expect(comparable("192.168.16.2 192.168.16.3")).not.toBe(comparable("192.168.16.2 192.168.32.3"));
});

it("is what start runs, and what docs/course.md says", async () => {
  await using host = simulatedHost();
  const transcript = await record(host);
  const page = await readFile(new URL("../../../docs/course.md", import.meta.url), "utf8");
  expect(transcript.failed).toEqual([]);
  expect(comparable(asMarkdown(transcript))).toBe(comparable(page));
});
