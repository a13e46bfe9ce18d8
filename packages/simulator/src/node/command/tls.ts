import { readFileSync } from "node:fs";
import { UsageError } from "@dryharbor/sdk/port";
import type { Tls } from "../listen/tls.js";

/** The options about TLS, with dockerd's names. */
export interface TlsValues {
  readonly tlsverify?: boolean;
  readonly tlscacert?: string;
  readonly tlscert?: string;
  readonly tlskey?: string;
}

/**
 * Reads the certificates that the options name. Returns `undefined` without options about TLS.
 * @throws {UsageError} an option is missing, or its file cannot be read
 */
export function readTls({ tlsverify, tlscacert, tlscert, tlskey }: TlsValues): Tls | undefined {
  const files = { tlscacert, tlscert, tlskey };
  const all = Object.keys(files).map((name) => `--${name}`);
  if (!tlsverify) {
    if (Object.values(files).every((file) => file === undefined)) return undefined;
    throw new UsageError(`${all.join(", ")} have no effect without --tlsverify: add it`);
  }
  const read = (name: keyof typeof files): string => {
    const file = files[name];
    if (file === undefined) throw new UsageError(`--tlsverify needs ${all.join(", ")}: --${name} is missing`);
    try {
      return readFileSync(file, "utf8");
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new UsageError(`--${name} cannot be read: ${why}`, { cause });
    }
  };
  return { ca: read("tlscacert"), cert: read("tlscert"), key: read("tlskey") };
}
