import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../errors.js";
import { type Tls, tlsFrom } from "./tls.js";

// Where Docker's own clients keep what they know of engines.

/** `DOCKER_CONFIG`, or `~/.docker`. */
export function configDirectory(): string {
  return process.env.DOCKER_CONFIG || join(homedir(), ".docker");
}

/** The name of the context that `docker context use` has chosen. */
export function currentContext(): string | undefined {
  const config = json<{ currentContext?: string }>(join(configDirectory(), "config.json"));
  return config?.currentContext || undefined;
}

/** The engine of a context. `chosenBy` says who named it. */
export function contextEngine(name: string, chosenBy: string): { host: string; tls?: Tls } {
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = join(configDirectory(), "contexts");
  const meta = json<{ Endpoints?: { docker?: { Host?: string; SkipTLSVerify?: boolean } } }>(
    join(contexts, "meta", id, "meta.json"),
  );
  const { Host, SkipTLSVerify = false } = meta?.Endpoints?.docker ?? {};
  if (!Host) {
    throw new UsageError(
      `${chosenBy} names the Docker context "${name}", and ${contexts} ${meta ? "has no engine for it" : "does not have it"}: ` +
        "`docker context ls` shows which there are",
    );
  }
  const tls = tlsFrom(join(contexts, "tls", id, "docker"), !SkipTLSVerify);
  return tls.ca || tls.cert || SkipTLSVerify ? { host: Host, tls } : { host: Host };
}

function json<Content>(file: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Content;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
