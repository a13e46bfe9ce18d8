import { readFileSync } from "node:fs";
import { virtualTime } from "@dryharbor/kernel/host";
import { readTar } from "@dryharbor/kernel/tar";
import { describe, expect, it } from "vitest";
import { type ByRelease, cellOf, type ReleaseName, releaseNames } from "../src/core/releases/row.js";
import type { HttpRequest, HttpResponse, RequestBody } from "../src/http/message.js";
import { createSimulator, type ImageDefinitions } from "../src/index.js";

/** A request and the answer of each engine. */
interface Recorded {
  readonly method: string;
  readonly target: string;
  readonly json?: unknown;
  /** Base64. */
  readonly body?: string;
  /** The answers by release, or one under `all` for those that agree. A release may have what the one before it has. */
  readonly answers: Readonly<Partial<Record<ReleaseName | "all", Answer>>>;
}

/** An answer in which ids, times and paths of the host are replaced. */
interface Answer {
  readonly status: number;
  readonly type?: string;
  /** The header that describes a file. */
  readonly stat?: Readonly<Record<string, unknown>>;
  /**
   * The entries of an archive: name, type, mode, uid, gid, names of both, target and size. Large archives
   * leave out links to busybox.
   */
  readonly entries?: readonly (readonly unknown[])[];
  /** The length of a small archive, in bytes. */
  readonly length?: number;
  readonly body?: string;
}

/** The image that the engines had. A store of content counts the blocks that it takes on the disk. */
const imagesOf = (release: ReleaseName): ImageDefinitions => ({
  busybox: {
    config: { Env: ["PATH=/bin"] },
    size: cellOf({ "20.10": 2_065_260, "29": 2_138_112 }, release),
    origin: "imported",
  },
});

/** Makes a test of each recorded request: the simulator must answer as the engines did. */
export function replay(name: string): void {
  const url = new URL(`traces/${name}`, import.meta.url);
  const recorded: readonly Recorded[] = JSON.parse(readFileSync(url, "utf8"));
  describe.each(releaseNames)("%s answers as recorded", (release) => {
    const simulator = createSimulator({
      release,
      images: imagesOf(release),
      // Sizes of images count the digits of times, and an engine's times have nine of a second as a rule.
      time: virtualTime(BigInt(Date.UTC(2026, 10, 25)) * 1_000_000n + 123_456_789n),
    });
    for (const [index, { method, target, answers, ...given }] of recorded.entries()) {
      it(`${index}: ${method} ${target}`, async () => {
        const response = await simulator.handle(request(method, target, given));
        const { body, ...head } = await answerOf(response);
        expect(method === "HEAD" || body === undefined ? head : { ...head, body }).toEqual(
          cellOf({ ...(answers.all && { "20.10": answers.all }), ...answers } as ByRelease<Answer>, release),
        );
      });
    }
  });
}

function request(
  method: string,
  target: string,
  { json, body }: Pick<Recorded, "json" | "body">,
): HttpRequest {
  const data =
    json === undefined
      ? new Uint8Array(Buffer.from(body ?? "", "base64"))
      : Buffer.from(JSON.stringify(json));
  const headers = { host: "d", ...(json !== undefined && { "content-type": "application/json" }) };
  return { method, target, headers, body: bodyOf(data), signal: new AbortController().signal };
}

function bodyOf(data: Uint8Array): RequestBody {
  return {
    length: data.length,
    async *[Symbol.asyncIterator]() {
      if (data.length > 0) yield data;
    },
  };
}

async function answerOf({ status, headers, body }: HttpResponse): Promise<Answer> {
  const type = headers["Content-Type"];
  const stat = headers["X-Docker-Container-Path-Stat"];
  const data = await bytesOf(body);
  const isArchive = status === 200 && (type === "application/x-tar" || type === "application/octet-stream");
  const contents = isArchive
    ? { entries: entriesOf(data), ...(data.length <= 2048 && { length: data.length }) }
    : { ...(data.length > 0 && { body: normal(new TextDecoder().decode(data)) }) };
  return {
    status,
    ...(stat !== undefined && { stat: timeless(JSON.parse(Buffer.from(stat, "base64").toString())) }),
    ...(type !== undefined && { type }),
    ...contents,
  };
}

async function bytesOf(body: HttpResponse["body"]): Promise<Uint8Array> {
  if (body === undefined) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  const pieces = [];
  for await (const piece of body) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}

function timeless(stat: { mtime: string }): Readonly<Record<string, unknown>> {
  return stat.mtime.startsWith("20") ? { ...stat, mtime: "<time>" } : stat;
}

function entriesOf(archive: Uint8Array): NonNullable<Answer["entries"]> {
  return [...readTar(archive)]
    .filter(({ linkName }) => archive.length < 60_000 || linkName !== "busybox")
    .map((entry) => [
      entry.name.replace(/\/$/, ""),
      entry.type,
      entry.mode,
      entry.uid,
      entry.gid,
      entry.userName,
      entry.groupName,
      entry.linkName,
      entry.content.length,
    ]);
}

/**
 * Returns an inspect of an image whose sizes are those with nine digits of a second. A store of content counts its
 * configuration, which has the time of its creation twice, without the zeros at the end.
 */
function withWholeTimes(text: string): string {
  const [created, fraction = ""] = /"Created":"20[^."]*(?:\.(\d+))?Z"/.exec(text) ?? [];
  if (created === undefined || (!text.includes('"mediaType"') && !text.includes('"overlayfs"'))) return text;
  const missing = 2 * (9 - fraction.length);
  return text.replace(
    /"(Virtual)?Size":(\d+)/g,
    (_, virtual = "", size) => `"${virtual}Size":${Number(size) + missing}`,
  );
}

function normal(text: string): string {
  return withWholeTimes(text)
    .replace(/\/var\/lib\/docker\/overlay2\/[0-9a-f]{64}/g, "<layer>")
    .replaceAll("/var/lib/docker", "<data>")
    .replace(/containerd-mount\d+/g, "containerd-mount<n>")
    .replace(/[0-9a-f]{64}/g, "<digest>")
    .replace(/\b(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{12}\b/g, "<id>")
    .replace(/\+dfsg\d+/g, "")
    .replace(/"Created(At)?":\d{10}/g, '"Created$1":0')
    .replace(/20\d\d-\d\d-\d\dT[0-9:.]*Z/g, "<time>")
    .trimEnd();
}
