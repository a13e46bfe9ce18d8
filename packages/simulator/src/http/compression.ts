import { engineError } from "@dryharbor/sdk/port";
import { bytesOf } from "./body.js";
import type { HttpRequest, HttpResponse, RequestBody } from "./message.js";

/** How compressed data begins, beside gzip. */
const unknown: readonly (readonly [name: string, ...bytes: number[]])[] = [
  ["bzip2", 0x42, 0x5a, 0x68],
  ["xz", 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  ["zstd", 0x28, 0xb5, 0x2f, 0xfd],
];

/** An archive is kept as a whole. */
const mostBytes = 2 ** 30;

function tooLong(): Error {
  return engineError(413, "the simulator takes archives of up to 1 GiB");
}

/** All of an archive, which may be compressed with gzip. @throws 501 it is compressed otherwise; 413 */
export async function decompressed(body: RequestBody): Promise<Uint8Array> {
  const data = await bytesOf(body, mostBytes, tooLong);
  for (const [name, ...start] of unknown) {
    if (beginsWith(data, start)) {
      throw engineError(501, `the simulator does not read archives that are compressed with ${name}`);
    }
  }
  if (!beginsWith(data, [0x1f, 0x8b, 0x08])) return data;
  const pieces = {
    length: -1,
    [Symbol.asyncIterator]: () => through(new DecompressionStream("gzip"), whole(data)),
  };
  return bytesOf(pieces, mostBytes, tooLong);
}

function beginsWith(data: Uint8Array, start: readonly number[]): boolean {
  return data.length >= start.length && start.every((byte, at) => data[at] === byte);
}

/** The same answer compressed, where the client wants that. */
export function compressed({ headers }: HttpRequest, response: HttpResponse): HttpResponse {
  const { body } = response;
  if (body === undefined || !acceptsGzip(headers["accept-encoding"] ?? "")) return response;
  const pieces = typeof body === "string" ? whole(new TextEncoder().encode(body)) : body;
  return {
    ...response,
    headers: { ...response.headers, "Content-Encoding": "gzip" },
    body: {
      [Symbol.asyncIterator]: () =>
        through(new CompressionStream("gzip"), pieces instanceof Uint8Array ? whole(pieces) : pieces),
    },
  };
}

function acceptsGzip(accepted: string): boolean {
  return accepted
    .split(",")
    .map((coding) =>
      coding
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([coding, quality = "q=1"]) => coding === "gzip" && !/^q=0(\.0*)?$/.test(quality));
}

async function* whole(data: Uint8Array): AsyncIterable<Uint8Array> {
  yield data;
}

async function* through(
  { readable, writable }: CompressionStream,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const writer = writable.getWriter();
  const written = (async () => {
    for await (const piece of pieces) await writer.write(piece);
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
