import { EngineError, engineError } from "@dryharbor/sdk/port";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { heredocsOf } from "./heredoc.js";
import { keyword, type Line, readLine } from "./line.js";

/** A Dockerfile, split into its lines. */
export interface Dockerfile {
  readonly lines: readonly Line[];
  /** The character that continues lines, and takes special meanings away. */
  readonly escape: string;
  /** What is told before anything is built, each in one piece. */
  readonly warnings: readonly string[];
}

const withTexts: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN"]);

/** The longest line that Go's scanner takes. */
const longest = 65_535;

/** Splits a Dockerfile into instructions. @throws 400 it cannot be read, or has none */
export function readDockerfile(release: Release, source: string): Dockerfile {
  const builds = buildsOf(release);
  const raw = source.replace(/^\uFEFF/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const directives = new Directives(release);
  const lines: Line[] = [];
  const warnings: string[] = [];
  let at = 0;

  const take = (): string => {
    const text = raw[at++] as string;
    if (new TextEncoder().encode(text).length > longest) {
      throw engineError(400, `dockerfile line greater than max allowed size of ${longest}`);
    }
    return text.replace(/[\r\n]+$/, "");
  };

  while (at < raw.length) {
    const number = at + 1;
    let text = take().trimStart();
    directives.see(text);
    if (text.startsWith("#")) text = "";
    let { line, ended } = uncontinued(text, directives.escape);
    if (ended && line === "") continue;
    let emptyLine = false;
    while (!ended && at < raw.length) {
      const next = take();
      directives.see(next);
      if (next.trimStart().startsWith("#")) continue;
      if (next.trim() === "") {
        emptyLine = true;
        continue;
      }
      const continued = uncontinued(next, directives.escape);
      line += continued.line;
      ended = continued.ended;
    }
    if (emptyLine) warnings.push(builds.emptyContinuation(line));
    const read = readLine(release, line, directives.escape, number);
    lines.push({ ...read, heredocs: builds.readsHeredocs ? textsOf(read) : [] });
  }
  if (lines.length === 0) throw engineError(400, "file with no instructions");
  if (warnings.length > 0) {
    warnings.push("[WARNING]: Empty continuation lines will become errors in a future release.\n");
  }
  return {
    lines,
    escape: directives.escape,
    warnings: builds.warnsAtOnce && warnings.length > 0 ? [warnings.join("")] : warnings,
  };

  function textsOf(line: Line): Line["heredocs"] {
    const [triggered = ""] = line.args;
    const about = keyword(line) === "ONBUILD" ? triggered.toUpperCase() : keyword(line);
    if (!withTexts.has(about) || line.isList || !line.original.includes("<<")) return [];
    return heredocsOf(release, line.original).map((heredoc) => {
      let content = "";
      while (at < raw.length) {
        const text = raw[at++] as string;
        const bare = text.replace(/[\r\n]+$/, "");
        if ((heredoc.chomps ? bare.replace(/^\t+/, "") : bare) === heredoc.name)
          return { ...heredoc, content };
        content += text;
      }
      throw engineError(400, "unterminated heredoc");
    });
  }
}

/** Takes the mark from the end of a line that goes on. */
function uncontinued(text: string, character: string): { readonly line: string; readonly ended: boolean } {
  const mark = character === "`" ? "`" : "\\\\";
  const ending = new RegExp(`(^|[^${mark}])${mark}[ \\t]*$`);
  return ending.test(text) ? { line: text.replace(ending, "$1"), ended: false } : { line: text, ended: true };
}

/** The directives at the start of a Dockerfile: comments such as `# escape=\``. */
class Directives {
  escape = "\\";
  readonly #seen = new Set<string>();
  #over = false;

  constructor(readonly release: Release) {}

  /** Looks at a line. @throws 400 for a directive that is there twice, or says nothing */
  see(line: string): void {
    if (this.#over) return;
    const [, spelt = "", value = ""] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    const name = spelt.toLowerCase();
    const known = ["syntax", "escape", ...(buildsOf(this.release).knowsCheck ? ["check"] : [])];
    if (!known.includes(name)) {
      this.#over = true;
      return;
    }
    if (this.#seen.has(name)) throw engineError(400, `only one ${name} parser directive can be used`);
    this.#seen.add(name);
    if (name !== "escape") return;
    if (value !== "`" && value !== "\\") {
      throw engineError(400, `invalid escape token '${value}' does not match \` or \\`);
    }
    this.escape = value;
  }
}

/** Returns what `read` returns. What is wrong gets words before it. */
export function saying<T>(before: string, read: () => T, status?: number): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw engineError(status ?? error.status, `${before}${error.message}`);
  }
}
