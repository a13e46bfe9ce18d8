// Archives that were loaded into real engines, with what these answered, showed and saved again. The trace has
// one line an archive: what is wrong or special in it is in its name.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readTar, tarOf } from "@dryharbor/kernel/tar";
import type { ImageInspect, ImageSummary } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { ask } from "../../../test/ask.js";
import { tarEntry } from "../../../test/tar-entry.js";
import { createSimulator, type Simulator } from "../../index.js";
import { releaseNames } from "../releases/row.js";
import { digestOfBytes, hexOf } from "./digest.js";

interface Recorded {
  readonly contents: Readonly<Record<string, string>>;
  readonly loads: readonly {
    readonly name: string;
    readonly files: readonly {
      readonly name: string;
      readonly text?: string;
      readonly content?: string;
      readonly link?: string;
    }[];
    /** By the names of the releases that agree. */
    readonly answers: Readonly<Record<string, Answer>>;
  }[];
}

interface Answer {
  readonly told: readonly string[];
  readonly images: readonly { readonly inspect: object; readonly saved: readonly Saved[] }[];
}

/** Name and mode of a member, and the beginning of the digest of its content, or where a link leads. */
type Saved = readonly [name: string, mode: string, content: string];

const { contents, loads } = JSON.parse(
  readFileSync(new URL("../../../test/traces/loads.json", import.meta.url), "utf8"),
) as Recorded;

describe.each(releaseNames)("%s", (release) => {
  it.each(loads)("loads $name as the engine does", async ({ files, answers }) => {
    const [, expected] = Object.entries(answers).find(([names]) => names.split(" ").includes(release)) ?? [];
    const simulator = createSimulator({ release, images: {} });
    const { body } = await ask(simulator, "POST /images/load", archiveOf(files), {
      "content-type": "application/x-tar",
    });
    const told = new TextDecoder()
      .decode(await collected(body))
      .split("\r\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { stream?: string; error?: string })
      .map(({ stream, error }) => stream ?? error ?? "")
      .map((line) => line.replaceAll(/\/[^ "]*\/tmp\/docker-import-\d+/g, "ROOT"))
      .map((line) => line.replace(/\/[^ "]*(\/containerd\/.*\/containerd-mount)\d+/, "DATA$1N"));
    expect({ told, images: await imagesOf(simulator) }).toEqual(expected);
  });
});

function archiveOf(files: Recorded["loads"][number]["files"]): Uint8Array {
  return tarOf(
    files.map(({ name, text, content, link }) => {
      if (link !== undefined) return tarEntry({ name, type: "symlink", linkName: link });
      if (text !== undefined) return tarEntry({ name, content: new TextEncoder().encode(text) });
      if (content === undefined) return tarEntry({ name, type: "directory", mode: 0o755 });
      return tarEntry({ name, content: gunzipSync(Buffer.from(contents[content] ?? "", "base64")) });
    }),
  );
}

async function imagesOf(simulator: Simulator): Promise<object[]> {
  const { body } = await ask(simulator, "GET /images/json?all=1");
  const ids = (JSON.parse(String(body)) as ImageSummary[]).map(({ Id }) => Id).sort();
  const images: object[] = [];
  for (const id of ids) {
    const inspect = JSON.parse(String((await ask(simulator, `GET /images/${id}/json`)).body)) as ImageInspect;
    const archive = await collected((await ask(simulator, `GET /images/${id}/get`)).body);
    images.push({ inspect: shown(inspect), saved: [...readTar(archive)].map(savedOf) });
  }
  return images;
}

const kept = `Id RepoTags Parent Comment Created Container DockerVersion Author Config Architecture Variant Os
  OsVersion Size`.split(/\s+/) as (keyof ImageInspect)[];

function shown(inspect: ImageInspect): object {
  return Object.fromEntries(kept.filter((key) => key in inspect).map((key) => [key, inspect[key]]));
}

function savedOf({ name, type, mode, linkName, content }: ReturnType<typeof tarEntry>): Saved {
  const digest = type === "file" ? hexOf(digestOfBytes(content)) : linkName;
  return [name.replace(/\/$/, ""), `0o${mode.toString(8)}`, digest.slice(0, 12)];
}

async function collected(body: unknown): Promise<Uint8Array> {
  if (typeof body === "string") return new TextEncoder().encode(body);
  const pieces: Uint8Array[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces);
}
