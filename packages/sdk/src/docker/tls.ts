import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../errors.js";

/** What a connection over TLS is made with: the options of Node's TLS agent. */
export interface Tls {
  ca?: Buffer;
  cert?: Buffer;
  key?: Buffer;
  /** False: any certificate of the engine's will do. */
  rejectUnauthorized: boolean;
}

/** Reads the files that Docker clients keep for TLS; those that are not there are left out. */
export function tlsFrom(directory: string, rejectUnauthorized: boolean): Tls {
  const tls: Tls = { rejectUnauthorized };
  for (const name of ["ca", "cert", "key"] as const) {
    const content = pem(join(directory, `${name}.pem`));
    if (content) tls[name] = content;
  }
  return tls;
}

function pem(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`${file} cannot be read`, { cause });
  }
}
