// The learner's own files, for `save` and `load`.
import { readFile, writeFile } from "node:fs/promises";
import type { Classroom } from "@dryharbor/lessons/terminal";
import { UsageError } from "@dryharbor/sdk/port";

export const learnersFiles: NonNullable<Classroom["files"]> = {
  read: (name) => readFile(name, "utf8").catch((error: unknown) => refuse("read", name, error)),
  write: (name, text) => writeFile(name, text).catch((error: unknown) => refuse("written", name, error)),
};

function refuse(what: string, name: string, error: unknown): never {
  throw new UsageError(`${name} cannot be ${what}: ${(error as NodeJS.ErrnoException).code}`);
}
