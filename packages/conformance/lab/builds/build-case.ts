import type { TarEntry } from "@dryharbor/kernel/tar";
import { tarOf } from "@dryharbor/kernel/tar";

/** A file of a context: its text, or what else is known of it. */
type ContextFile =
  | string
  | (Partial<Pick<TarEntry, "type" | "mode" | "uid" | "gid" | "linkName">> & {
      readonly text?: string;
      readonly bytes?: Uint8Array;
    });

/** Files of a context by their names, in the order of the archive. */
type ContextFiles = Readonly<Record<string, ContextFile>>;

/** One build. */
export interface BuildStep {
  /** `Dockerfile`, where the context has one of that name. */
  readonly dockerfile?: string;
  readonly files?: ContextFiles;
  /** The query. Default: `t=out`. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, where it is no tar of {@link files}. */
  readonly body?: Uint8Array;
  readonly version?: string;
}

/** A request beside the builds, such as `GET /images/json?all=1`. */
export interface CallStep {
  readonly call: string;
  readonly body?: object;
}

/** Builds on an engine that has `busybox` alone, and what came of them. */
export interface BuildCase {
  readonly name: string;
  readonly steps: readonly (BuildStep | CallStep)[];
}

/** Returns the body of a build. */
export function contextOf({ dockerfile, files = {}, body }: BuildStep): Uint8Array {
  if (body) return body;
  const all: ContextFiles = { ...(dockerfile !== undefined && { Dockerfile: dockerfile }), ...files };
  return tarOf(Object.entries(all).map(([name, file]) => entryOf(name, file)));
}

function entryOf(name: string, file: ContextFile): TarEntry {
  const given = typeof file === "string" ? { text: file } : file;
  const type = given.type ?? (name.endsWith("/") ? "directory" : "file");
  const content = given.bytes ?? new TextEncoder().encode(given.text ?? "");
  return {
    name,
    type,
    mode: given.mode ?? (type === "directory" ? 0o755 : 0o644),
    uid: given.uid ?? 0,
    gid: given.gid ?? 0,
    userName: "",
    groupName: "",
    mtime: 1_700_000_000_000_000_000n,
    linkName: given.linkName ?? "",
    major: 0,
    minor: 0,
    content,
  };
}
