import { serviceNames } from "@dryharbor/programs/image";
import { wholeConfig } from "./config.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { madeUp } from "./made-up.js";
import { pathOf, type Reference } from "./reference.js";
import { wellKnownConfig } from "./well-known.js";

// 2024-09-26T21:31:42Z
const created = 1_727_386_302_000_000_000n;
const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Returns the image for a name that nobody defined, the same each time. Its process runs silently until it is
 * stopped, unless its command is a service that there is. It also has all registered programs.
 */
export function inertImage(reference: Reference, digest: string, programs: ReadonlySet<string>): Image {
  const repository = pathOf(reference.repository);
  const name = repository.slice(repository.lastIndexOf("/") + 1);
  const id = digestOf(`image of ${reference.repository}@${digest}`);
  const comment = "buildkit.dockerfile.v0";
  const size = 4_000_000;
  return {
    id,
    created,
    config: wholeConfig({ Env: [path], Cmd: [name], ...wellKnownConfig(repository) }),
    architecture: "amd64",
    size,
    comment,
    ...madeUp({ id, size, created, comment }),
    dockerVersion: "",
    executables: new Set([...programs, ...serviceNames.map((each) => `/usr/local/bin/${each}`)]),
    inert: true,
    references: [],
    taggedAt: 0n,
  };
}
