import { wholeConfig } from "./config.js";
import { digestOf } from "./digest.js";
import type { Image } from "./image.js";
import { nameOf, setOf } from "./like.js";
import { madeUp } from "./made-up.js";
import { hostPlatform } from "./platform.js";
import type { Reference } from "./reference.js";
import type { Programs } from "./registry.js";
import { wellKnownConfig } from "./well-known.js";

// 2024-09-26T21:31:42Z
const created = 1_727_386_302_000_000_000n;
const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/**
 * Returns the image for a name that nobody defined, the same each time. A program of a well-known image that the simulator
 * does not have runs silently until it is stopped. In any other image every command does, and it has all programs.
 */
export function inertImage(reference: Reference, digest: string, programs: Programs): Image {
  const like = nameOf(reference);
  const known = wellKnownConfig(like);
  const name = like.path.slice(like.path.lastIndexOf("/") + 1);
  const id = digestOf(`image of ${reference.repository}@${digest}`);
  const comment = "buildkit.dockerfile.v0";
  const size = 4_000_000;
  return {
    id,
    created,
    config: wholeConfig(known ?? { Env: [path], Cmd: [name] }),
    ...hostPlatform,
    file: null,
    size,
    comment,
    ...madeUp({ id, size, created, comment }),
    dockerVersion: "",
    like,
    executables: setOf(known ? programs.own : programs.all),
    inert: true,
    references: [],
    taggedAt: 0n,
  };
}
