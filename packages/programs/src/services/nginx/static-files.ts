// Files: which one a URI means, and the whole of it or parts.
import { FileError, type FileStat, type ProcessContext } from "@dryharbor/kernel";
import { headerOf } from "../../http/head.js";
import { errorNumber } from "./errors.js";
import type { Logs } from "./log.js";
import type { Reply } from "./reply.js";
import { expand, type RequestState, scopeOf } from "./request.js";

/** The user that serves. */
export interface Worker {
  readonly uid: number;
  readonly gid: number;
}

/** Returns the path of the file that a URI means at the request's location. */
export function pathOf(state: RequestState, uri = state.uri): string {
  const { location } = state;
  const scope = scopeOf(state);
  const [alias] = scope.own("alias");
  if (alias && location) {
    const target = expand(state, alias.args[0] as string);
    return location.kind === "pattern" ? target : `${target}${uri.slice(location.name.length)}`;
  }
  const root = expand(state, scope.value("root") ?? "html").replace(/\/$/, "");
  return `${root.startsWith("/") ? root : `/etc/nginx/${root}`}${uri}`;
}

/** The type of a file by the end of its name. */
export function typeOf(state: RequestState, uri: string): string {
  const scope = scopeOf(state);
  const extension = /\.([^./]+)$/.exec(uri)?.[1]?.toLowerCase();
  let place: ReturnType<typeof scopeOf> | undefined = scope;
  while (place && place.childrenNamed("types").length === 0) place = place.parent;
  const tables = place?.childrenNamed("types") ?? [];
  if (extension !== undefined) {
    for (const { scope: table } of tables) {
      const found = table.statements.find(({ args }) => args.includes(extension));
      if (found) return found.name;
    }
  }
  return scope.value("default_type") ?? "text/plain";
}

/** What the static module does: serves a file, or says why not. Resolves to a status where it refuses. */
export function serveFile(
  process: ProcessContext,
  logs: Logs,
  worker: Worker,
  state: RequestState,
): Reply | number {
  const { method, uri } = state;
  if (!["GET", "HEAD", "POST"].includes(method)) return 405;
  const path = pathOf(state);
  const { files } = process;
  const failed = (error: FileError, level: "error" | "crit" = "error"): void => {
    if (scopeOf(state).isOn("log_not_found", true) || error.code === "EACCES")
      logs.requestError(state, level, `open() "${path}" failed (${errorNumber(error)}: ${error.message})`);
  };
  let stat: FileStat;
  try {
    stat = files.stat(path);
    if (stat.type !== "directory" && !mayRead(stat, worker)) throw new FileError("EACCES");
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    failed(error);
    return error.code === "EACCES" ? 403 : 404;
  }
  if (stat.type === "directory") {
    const query = state.args === "" ? "" : `?${state.args}`;
    return { status: 301, location: `${uri}/${query}` };
  }
  if (method === "POST") return 405;
  if (stat.type !== "file") return 404;
  return fileReply(state, files.read(path), stat, typeOf(state, uri));
}

function mayRead({ mode, uid, gid }: FileStat, worker: Worker): boolean {
  if (worker.uid === 0) return true;
  const shift = uid === worker.uid ? 6 : gid === worker.gid ? 3 : 0;
  return ((mode >> shift) & 4) !== 0;
}

function fileReply(state: RequestState, content: Uint8Array, stat: FileStat, type: string): Reply | number {
  const seconds = stat.mtime / 1_000_000_000n;
  const modified = new Date(Number(seconds) * 1000).toUTCString();
  const etag = `"${seconds.toString(16)}-${content.length.toString(16)}"`;
  const etags = scopeOf(state).isOn("etag", true) ? ([["ETag", etag]] as const) : [];
  const header = (name: string): string | undefined => state.incoming && headerOf(state.incoming.head, name);
  const names = (list: string): boolean =>
    list.trim() === "*" || list.split(",").some((each) => each.trim().replace(/^W\//, "") === etag);
  const since = header("if-unmodified-since");
  const match = header("if-match");
  if (match !== undefined ? !names(match) : since !== undefined && Date.parse(since) < Number(seconds) * 1000)
    return 412;
  const noneMatch = header("if-none-match");
  const isSame =
    noneMatch === undefined ? isUnmodified(state, header("if-modified-since"), modified) : names(noneMatch);
  const base = { lastModified: modified };
  if (isSame) return { ...base, status: 304, list: etags };
  const whole: Reply = {
    ...base,
    status: 200,
    type,
    length: content.length,
    list: [...etags, ["Accept-Ranges", "bytes"]],
    body: content,
  };
  const ifRange = header("if-range");
  const range = header("range");
  if (range === undefined || (ifRange !== undefined && ifRange !== etag && ifRange !== modified))
    return whole;
  const ranges = rangesOf(range, content.length);
  if (!ranges) return whole;
  if (ranges.length === 0) {
    return { status: 416, isPage: true, list: [["Content-Range", `bytes */${content.length}`]] };
  }
  return partial(whole, content, etags, ranges);
}

function isUnmodified(state: RequestState, since: string | undefined, modified: string): boolean {
  if (since === undefined) return false;
  switch (scopeOf(state).value("if_modified_since")) {
    case "off":
      return false;
    case "before":
      return Date.parse(since) >= Date.parse(modified);
  }
  return Date.parse(since) === Date.parse(modified);
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Reads `bytes=0-9,20-`. Returns an empty list where none can be served, and `undefined` where it is to be ignored. */
function rangesOf(text: string, length: number): readonly Range[] | undefined {
  const [, list] = /^bytes=(.*)$/.exec(text) ?? [];
  if (list === undefined) return undefined;
  const ranges: Range[] = [];
  let size = 0;
  for (const each of list.split(",")) {
    const [, first, last] = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(each) ?? [];
    if (first === undefined || last === undefined || (first === "" && last === "")) return [];
    const from = first === "" ? Math.max(length - Number(last), 0) : Number(first);
    const to = first === "" || last === "" ? length : Math.min(Number(last) + 1, length);
    if (first !== "" && last !== "" && Number(last) < Number(first)) return [];
    if (from >= to) continue;
    ranges.push({ from, to });
    size += to - from;
  }
  return size > length ? undefined : ranges;
}

let boundaries = 0;

function partial(
  whole: Reply,
  content: Uint8Array,
  etags: readonly (readonly [string, string])[],
  ranges: readonly Range[],
): Reply {
  const [{ from, to } = { from: 0, to: 0 }] = ranges;
  const contentRange = (range: Range): string => `bytes ${range.from}-${range.to - 1}/${content.length}`;
  if (ranges.length === 1) {
    const list = [...etags, ["Content-Range", contentRange({ from, to })] as const];
    return { ...whole, status: 206, length: to - from, list, body: content.subarray(from, to) };
  }
  boundaries++;
  const boundary = String(boundaries).padStart(20, "0");
  const encoder = new TextEncoder();
  const pieces = ranges.flatMap((range) => [
    encoder.encode(
      `\r\n--${boundary}\r\nContent-Type: ${whole.type}\r\nContent-Range: ${contentRange(range)}\r\n\r\n`,
    ),
    content.subarray(range.from, range.to),
  ]);
  pieces.push(encoder.encode(`\r\n--${boundary}--\r\n`));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const body = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return {
    ...whole,
    status: 206,
    type: `multipart/byteranges; boundary=${boundary}`,
    length,
    list: etags,
    body,
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The page that lists a directory. */
export function listing({ files }: ProcessContext, state: RequestState, path: string): Reply {
  const entries = files
    .list(path)
    .filter((name) => !name.startsWith("."))
    .map((name) => ({ name, stat: files.statIfThere(`${path}/${name}`) }))
    .filter((entry): entry is { name: string; stat: FileStat } => entry.stat !== undefined);
  const isFolder = ({ stat }: { stat: FileStat }): boolean => stat.type === "directory";
  const sorted = [...entries.filter(isFolder), ...entries.filter((entry) => !isFolder(entry))];
  const title = `Index of ${asHtml(state.uri)}`;
  const lines = sorted.map(({ name, stat }) => {
    const shown = `${name}${stat.type === "directory" ? "/" : ""}`;
    const short = shown.length > 50 ? `${shown.slice(0, 47)}..>` : shown;
    const date = new Date(Number(stat.mtime / 1_000_000n));
    const two = (value: number): string => String(value).padStart(2, "0");
    const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`;
    const size = stat.type === "directory" ? "-" : String(stat.size);
    return (
      `<a href="${encodeURI(shown)}">${asHtml(short)}</a>${" ".repeat(51 - short.length)}${day} ` +
      `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}${size.padStart(20)}\r\n`
    );
  });
  const page =
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr>` +
    `<pre><a href="../">../</a>\r\n${lines.join("")}</pre><hr></body>\r\n</html>\r\n`;
  return { status: 200, type: "text/html", body: new TextEncoder().encode(page), isStreamed: true };
}

function asHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
