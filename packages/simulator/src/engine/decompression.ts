import { readTar, TarError } from "@dryharbor/kernel/tar";
import { EngineError, engineError } from "@dryharbor/sdk/port";
import type { Archive, ImageArchive } from "../core/archive/archive.js";
import { digestOfBytes } from "../core/images/digest.js";
import type { Release } from "../core/releases/release.js";
import { bytesOf, type Incoming } from "./received.js";

/** An archive is kept as a whole. */
const mostBytes = 2 ** 30;

function tooLong(): Error {
  return engineError(413, "the simulator takes archives of up to 1 GiB");
}

/** How data begins that is compressed in a way that engines know. */
const starts = {
  gzip: [0x1f, 0x8b, 0x08],
  bzip2: [0x42, 0x5a, 0x68],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
} as const;

/** All of an archive, which may be compressed. What is wrong with it shows when it is read. @throws 413 */
export async function decompressed(release: Release, body: Incoming): Promise<Archive> {
  return plain(release, await bytesOf(body, mostBytes, tooLong));
}

/** The same of an archive of images, whose layers may be compressed, too. @throws 413 */
export async function decompressedImages(release: Release, body: Incoming): Promise<ImageArchive> {
  const archive = await decompressed(release, body);
  const layers = new Map<string, Archive>();
  for (const content of filesOf(archive)) {
    if (compressionOf(content)) layers.set(digestOfBytes(content), await plain(release, content));
  }
  return {
    read: () => archive.read(),
    plain: (file) => (compressionOf(file) && layers.get(digestOfBytes(file))?.read()) || file,
  };
}

/** The bytes of a file, decompressed if they are compressed. `undefined` for what cannot be. */
export async function decompressedBytes(release: Release, data: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return (await plain(release, data)).read();
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** The files of an archive, as far as it can be read. What is wrong with it shows later. */
function filesOf(archive: Archive): Uint8Array[] {
  const files: Uint8Array[] = [];
  try {
    for (const { content } of readTar(archive.read())) files.push(content);
  } catch (error) {
    if (!(error instanceof TarError || error instanceof EngineError)) throw error;
  }
  return files;
}

async function plain(release: Release, data: Uint8Array): Promise<Archive> {
  const { readsZstd, brokenStream } = release.archives;
  try {
    switch (compressionOf(data)) {
      case "gzip": {
        const pieces = {
          length: -1,
          [Symbol.asyncIterator]: () => through(new DecompressionStream("gzip"), whole(data)),
        };
        return {
          ...readable(await bytesOf(pieces, mostBytes, tooLong)),
          compressed: { by: "gzip", bytes: data },
        };
      }
      case "zstd":
        if (!readsZstd) return readable(data);
        return {
          ...readable((await import("fzstd")).decompress(data)),
          compressed: { by: "zstd", bytes: data },
        };
      case "bzip2":
        return unreadable(
          501,
          "the simulator does not read bzip2: decompress the archive before, or use gzip",
        );
      case "xz":
        // Engines run the host's xz, and the simulated host has none.
        return unreadable(500, 'exec: "xz": executable file not found in $PATH');
      default:
        return readable(data);
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    return unreadable(500, brokenStream("unexpected EOF"));
  }
}

function compressionOf(data: Uint8Array): keyof typeof starts | undefined {
  if (isSkippableFrame(data)) return "zstd";
  const names = Object.keys(starts) as (keyof typeof starts)[];
  return names.find((name) => beginsWith(data, starts[name]));
}

/** Zstandard may begin with something for others to read. */
function isSkippableFrame(data: Uint8Array): boolean {
  return (
    data.length >= 8 && ((data[0] ?? 0) & 0xf0) === 0x50 && beginsWith(data.subarray(1), [0x2a, 0x4d, 0x18])
  );
}

function readable(data: Uint8Array): Archive {
  return { read: () => data };
}

function unreadable(status: number, message: string): Archive {
  return {
    read() {
      throw engineError(status, message);
    },
  };
}

function beginsWith(data: Uint8Array, start: readonly number[]): boolean {
  return data.length >= start.length && start.every((byte, at) => data[at] === byte);
}

/** A stream of one piece. */
export async function* whole(data: Uint8Array): AsyncIterable<Uint8Array> {
  yield data;
}

/** What comes of pieces that go through a stream which compresses or decompresses. */
export async function* through(
  { readable, writable }: CompressionStream,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const writer = writable.getWriter();
  const written = (async () => {
    for await (const piece of pieces) await writer.write(piece as Uint8Array<ArrayBuffer>);
    await writer.close();
  })();
  // Its failure shows when the other end is read.
  written.catch(() => {});
  const reader = readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) break;
    yield value;
  }
  await written;
}
