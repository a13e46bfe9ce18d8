// The file of `dryharbor serve --record`. It is a whole HAR document after each entry, also where the process is killed.
import { closeSync, openSync, writeSync } from "node:fs";
import { UsageError } from "@dryharbor/sdk/port";
import manifest from "../../../package.json" with { type: "json" };
import type { HarEntry } from "./har.js";

/** Only for the owner, because the environment of containers may hold secrets. */
const fileMode = 0o600;

const creator = { name: "dryharbor", version: manifest.version };
const head = `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
const tail = "\n]}}\n";

export interface HarFile {
  write(entry: HarEntry): void;
  close(): void;
}

/**
 * Makes a record that must not be there yet.
 *
 * @param failed called once, when an entry cannot be written; the record ends there
 * @throws {UsageError} it is there, or cannot be made
 */
export function harFile(path: string, failed: (error: Error) => void): HarFile {
  const file = opened(path);
  let end = writeSync(file, head);
  writeSync(file, tail, end);
  let isFirst = true;
  // Answers may end after the file was closed.
  let isOpen = true;
  return {
    write(entry) {
      if (!isOpen) return;
      const text = Buffer.from(`${isFirst ? "" : ","}\n${JSON.stringify(entry)}`);
      try {
        // Both in one call, so that whoever reads meanwhile finds a whole document.
        writeSync(file, Buffer.concat([text, Buffer.from(tail)]), 0, text.length + tail.length, end);
      } catch (error) {
        isOpen = false;
        failed(error as Error);
        return;
      }
      isFirst = false;
      end += text.length;
    },
    close() {
      isOpen = false;
      closeSync(file);
    },
  };
}

function opened(path: string): number {
  try {
    return openSync(path, "wx", fileMode);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST")
      throw new UsageError(`${path} is there already: give another file for the record`, { cause });
    throw new UsageError(`the record ${path} cannot be made: ${message}`, { cause });
  }
}
