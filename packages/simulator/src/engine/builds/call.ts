import type { ByteSource, ImageBuildOptions, ImageProgress } from "@dryharbor/sdk/port";
import { readBuild } from "../../requests/build.js";
import { decompressed } from "../decompression.js";
import { incoming } from "../received.js";
import { asJson, type Session } from "../session.js";
import { build } from "./build.js";

/** `images.build` of the port. A signal that aborts ends the build. */
export function buildImage(
  session: Session,
  context: ByteSource,
  options: ImageBuildOptions = {},
): Promise<void> {
  const { daemon, apiVersion } = session;
  return session.wait(options, async (onGivenUp) => {
    const given = parametersOf(options);
    const asked = readBuild(daemon.release, given, apiVersion);
    const kept: ImageProgress[] = [];
    const left = new AbortController();
    onGivenUp(() => left.abort());
    const image = await build(
      session,
      asked,
      () => decompressed(daemon.release, incoming(context)),
      (step) => {
        const told = asJson(step) as ImageProgress;
        if (asked.quiet) kept.push(told);
        else options.onProgress?.(told);
      },
      left.signal,
    ).catch((error: unknown) => {
      for (const step of kept) options.onProgress?.(step);
      throw error;
    });
    if (asked.quiet) options.onProgress?.({ stream: `${image.id}\n` });
  });
}

/** Parameters that are one JSON list. */
const inJson: ReadonlySet<string> = new Set(["cachefrom", "ulimits"]);

/** The options as the parameters of a request that they stand for. */
function parametersOf(options: ImageBuildOptions) {
  const { abortSignal: _, onProgress: __, ...given } = options;
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    values.set(
      name,
      inJson.has(name)
        ? [JSON.stringify(value)]
        : all.map((each) => (typeof each === "object" ? JSON.stringify(each) : String(each))),
    );
  }
  const text = (name: string): string => values.get(name)?.[0] ?? "";
  return {
    text,
    texts: (name: string) => values.get(name) ?? [],
    has: (name: string) => values.has(name),
    bool: (name: string) => !["", "0", "no", "false", "none"].includes(text(name).trim().toLowerCase()),
  };
}
