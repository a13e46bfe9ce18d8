// Replays what a real HTTP server answered and logged.
import { readFile } from "node:fs/promises";
import type { World } from "./world.js";

/** A recording, as `record-http` of the conformance package writes it. */
export interface Recording {
  readonly files: Readonly<Record<string, string>>;
  readonly exchanges: readonly { readonly request: string; readonly answer: string }[];
  readonly log: readonly string[];
}

export async function readRecording(name: string): Promise<Recording> {
  const path = new URL(`../traces/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(path, "utf8")) as Recording;
}

/** Writes the files of a recording into a container. */
export async function writeFiles({ exec }: World, id: string, files: Recording["files"]): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    const script = 'mkdir -p "${1%/*}" && printf %s "$2" >"$1" && touch -d "2024-01-01 00:00:00" "$1"';
    const { code, output } = await exec(id, "sh", "-c", script, "sh", path, text);
    if (code !== 0) throw new Error(output);
  }
}

/** Sends a request on a connection of its own. Resolves to what comes until nothing more does. */
export async function answerTo({ host, time }: World, port: number, request: string): Promise<string> {
  const connection = await host.connect(port);
  let answer = "";
  const reading = (async () => {
    for (;;) {
      const data = await connection.read(undefined, { within: 50 }).catch(() => "quiet" as const);
      if (data === "quiet") return;
      if (!data) {
        answer += "(end)";
        return;
      }
      answer += Buffer.from(data).toString("latin1");
    }
  })();
  await connection.write(Buffer.from(request, "latin1"));
  await time.advance(60);
  await reading;
  connection.close();
  return answer.replace(/^Date: .*$/m, "Date: now");
}

/** Writes a line of a log without what is another one each time. */
export function stable(line: string): string {
  return line
    .replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/, "TIME")
    .replace(/\b\d+#\d+: /, "PID: ")
    .replace(/^\[\w{3} \w{3} \d\d [\d:.]+ \d{4}\]/, "[TIME]")
    .replace(/\[pid \d+:tid \d+\]/, "[PID]")
    .replace(/\[\d\d\/\w{3}\/[^\]]*\]/, "[TIME]")
    .replace(/^[\d.]+ -/, "CLIENT -")
    .replace(/client [\d.]+:\d+/, "client CLIENT")
    .replace(/client: [\d.]+,/, "client: CLIENT,");
}
