import type { TarEntry } from "@dryharbor/kernel/tar";
import { tarPieces } from "@dryharbor/kernel/tar";
import { type ByteSource, type CallOptions, engineError, readableStream } from "@dryharbor/sdk/port";
import type { Archive } from "../core/archive/archive.js";
import type { Release } from "../core/releases/release.js";
import { decompressed } from "./decompression.js";
import { incoming } from "./received.js";
import type { Session } from "./session.js";

/** The parameter `path`. @throws 400 there is none */
export function archivePath({ archives }: Release, path: string): string {
  if (path === "") throw engineError(400, archives.noPath);
  return path;
}

/** A call that takes an archive: `work` is done when that has been read. */
export function withArchive<Result>(
  session: Session,
  options: CallOptions | undefined,
  source: ByteSource,
  work: (archive: Archive) => Result,
): Promise<Result> {
  return session.wait(options, async () => {
    const archive = await decompressed(session.daemon.release, incoming(source));
    // Nobody waits any more for a call that was given up.
    session.admit(options);
    return work(archive);
  });
}

/** An archive as the port hands it out. */
export function tarStream(
  session: Session,
  options: CallOptions | undefined,
  entries: Iterable<TarEntry>,
): ReadableStream<Uint8Array> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const piece of tarPieces(entries)) {
      session.admit(options);
      yield piece;
    }
  }
  return readableStream(pieces());
}
