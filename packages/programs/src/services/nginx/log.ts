// The error log and the access logs.
import { FileError, type OpenFile, type ProcessContext } from "@dryharbor/kernel";
import { headerOf } from "../../http/head.js";
import type { Scope } from "./configuration.js";
import { expand, hostOf, type RequestState, scopeOf, variable } from "./request.js";

/** The levels of the error log, the most verbose first. */
const levels = ["debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"] as const;

export type Level = (typeof levels)[number];

/** Writes logs. Files are opened once. */
export class Logs {
  readonly #process: ProcessContext;
  readonly #files = new Map<string, OpenFile | undefined>();

  constructor(process: ProcessContext) {
    this.#process = process;
  }

  /** Forgets the files, so that they are opened anew. */
  reopen(): void {
    this.#files.clear();
  }

  /**
   * Writes a line to the error log of a place; without a place, as before the configuration is read, to standard error.
   *
   * @param pid the process that says it. Default: the first one
   */
  error(level: Level, message: string, scope?: Scope, pid = this.#process.pid): void {
    const time = new Date(Number(this.#process.now() / 1_000_000n)).toISOString();
    const line = `${time.slice(0, 10).replaceAll("-", "/")} ${time.slice(11, 19)} [${level}] ${pid}#${pid}: ${message}\n`;
    const targets = scope?.all("error_log").map(({ args }) => args) ?? [["stderr", "debug"]];
    for (const [path = "stderr", least = "error"] of targets.length > 0 ? targets : [["stderr", "error"]]) {
      if (levels.indexOf(level) < levels.indexOf(least as Level)) continue;
      if (path === "stderr") this.#process.stderr(line);
      else this.#write(path, line);
    }
  }

  /** Writes an error that a request has met, with what nginx adds of the request. */
  requestError(state: RequestState, level: Level, message: string, upstream?: string): void {
    const { incoming, line, client, connection, server, pid } = state;
    const host = incoming && headerOf(incoming.head, "host");
    const referrer = incoming && headerOf(incoming.head, "referer");
    const context = [
      `client: ${client.address}`,
      `server: ${server.names[0] ?? ""}`,
      `request: "${line}"`,
      ...(upstream === undefined ? [] : [`upstream: "${upstream}"`]),
      ...(host === undefined ? [] : [`host: "${host}"`]),
      ...(referrer === undefined ? [] : [`referrer: "${referrer}"`]),
    ];
    this.error(level, `*${connection} ${message}, ${context.join(", ")}`, scopeOf(state), pid);
  }

  /** Writes the lines of an answered request. */
  access(state: RequestState): void {
    const scope = scopeOf(state);
    const logs = scope.all("access_log");
    const targets =
      logs.length > 0 ? logs.map(({ args }) => args) : [["/var/log/nginx/access.log", "combined"]];
    for (const [path = "", format = "combined"] of targets) {
      if (path === "off") return;
      this.#write(expand(state, path), `${this.#line(state, scope, format)}\n`);
    }
  }

  #line(state: RequestState, scope: Scope, name: string): string {
    const format = scope.all("log_format").find(({ args }) => args[0] === name);
    if (!format) return logged(state, combined);
    const [, ...parts] = format.args;
    const escaping = parts[0]?.startsWith("escape=") ? parts.shift() : undefined;
    return logged(state, parts.join(""), escaping);
  }

  #write(path: string, line: string): void {
    if (!this.#files.has(path)) this.#files.set(path, this.#open(path));
    const file = this.#files.get(path);
    if (file) this.#process.write(file, new TextEncoder().encode(line));
  }

  #open(path: string): OpenFile | undefined {
    try {
      return this.#process.open(path, { write: true, append: true, create: true });
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  }
}

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** Puts values into a format: `-` for one that there is not, and escapes for what could end a field. */
function logged(state: RequestState, format: string, escaping = ""): string {
  return format.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, plain) => {
    const value = variable(state, braced ?? plain);
    if (escaping === "escape=none") return value ?? "";
    if (escaping === "escape=json") return JSON.stringify(value ?? "").slice(1, -1);
    if (value === undefined || value === "") return "-";
    return [...value].map(escaped).join("");
  });
}

function escaped(sign: string): string {
  const code = sign.codePointAt(0) as number;
  const isPlain = sign !== '"' && sign !== "\\" && code >= 32 && code < 127;
  if (isPlain) return sign;
  return [...new TextEncoder().encode(sign)]
    .map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

/** Returns the host that a redirect leads to: the one that the client has asked. */
export function ownHost(state: RequestState): string {
  const { local } = state;
  const port = local.port === 80 ? "" : `:${local.port}`;
  return `${hostOf(state)}${port}`;
}
