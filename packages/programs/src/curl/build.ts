// A curl says in its binary which build it is, as a BusyBox says which programs it has. So images with different releases
// need no table beside their files.
import type { Files, ProcessContext } from "@dryharbor/kernel";

/** What `curl -V` prints: the version, its libraries, protocols and features. */
export class Build {
  readonly text: string;
  /** The version, such as `8.14.1`. */
  readonly version: string;
  readonly protocols: readonly string[];
  readonly #numbers: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.version = /^curl (\S+)/.exec(text)?.[1] ?? "";
    this.protocols = /^Protocols: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
    this.#numbers = this.version.split(".").map(Number);
  }

  /** Returns whether it is of this release or a later one. @param release for example `8.5` */
  since(release: string): boolean {
    for (const [at, number] of release.split(".").map(Number).entries()) {
      const own = this.#numbers[at] ?? 0;
      if (own !== number) return own > number;
    }
    return true;
  }

  /** The name and version of the library for TLS, such as `OpenSSL/3.0.19`. */
  get tls(): string {
    return /OpenSSL\/\S+/.exec(this.text)?.[0] ?? "OpenSSL";
  }
}

/** The first bytes of a binary program (ELF). */
const elf = [0x7f, 0x45, 0x4c, 0x46];
const mark = "\ncurl -V\n";

/** Makes the binary of a curl that is such a build. @param text what `curl -V` prints */
export function curlBinary(text: string): Uint8Array {
  const said = new TextEncoder().encode(`${mark}${text}`);
  const content = new Uint8Array(elf.length + said.length);
  content.set(elf);
  content.set(said, elf.length);
  return content;
}

/** Returns the build that a process runs. A binary that does not say so counts as the newest one that is known. */
export function buildOf({ argv: [command], env, files }: ProcessContext): Build {
  const paths = command.includes("/")
    ? [command]
    : (env.PATH ?? "").split(":").map((each) => `${each}/${command}`);
  const content = paths.map((path) => contentOf(files, path)).find((each) => each !== undefined);
  if (!content) return new Build(unknownBuild);
  let build = known.get(content);
  if (!build) {
    const text = new TextDecoder().decode(content.subarray(elf.length));
    build = new Build(text.startsWith(mark) ? text.slice(mark.length) : unknownBuild);
    known.set(content, build);
  }
  return build;
}

/** By content, since the containers of an image share it. */
const known = new WeakMap<Uint8Array, Build>();

function contentOf(files: Files, path: string): Uint8Array | undefined {
  return files.executable(path)?.content;
}

const unknownBuild = `curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1 OpenSSL/3.5.1 zlib/1.3.1
Release-Date: 2025-06-04
Protocols: file ftp http https
Features: AsynchDNS IPv6 Largefile libz SSL threadsafe
`;
