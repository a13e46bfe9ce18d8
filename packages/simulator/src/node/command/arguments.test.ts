import { UsageError } from "@dryharbor/sdk/port";
import { expect, it } from "vitest";
import { readArguments } from "./arguments.js";

const options = {
  host: { type: "string", short: "H", multiple: true },
  release: { type: "string" },
  verbose: { type: "boolean" },
} as const;

it("reads options in all their spellings, and what is none", () => {
  expect(readArguments(["--host", "a", "-H", "b", "--host=c", "-Hd", "--verbose", "more"], options)).toEqual({
    values: { host: ["a", "b", "c", "d"], verbose: true },
    positionals: ["more"],
  });
  expect(readArguments(["--release=-1"], options).values).toEqual({ release: "-1" });
});

it.each([
  ["--hots a", "unknown option --hots: did you mean --host?"],
  ["-x", "unknown option -x: use one of --host, --release, --verbose"],
  ["--toString", "unknown option --toString: use one of --host, --release, --verbose"],
  ["--release", "--release needs a value"],
  ["--release=", "--release needs a value"],
  ["--release --verbose", "--release needs a value"],
  ["--release 1 --release 2", "--release was given twice: give it once"],
  ["--verbose=yes", '--verbose takes no value: leave out "=yes"'],
])("says of %s what to do", (line, message) => {
  expect(() => readArguments(line.split(" "), options)).toThrow(new UsageError(message));
});
