// Asks a real HTTP server, byte by byte, and writes what it answers and logs into a trace file.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { parseArgs } from "node:util";

const usage = `usage: record-http --port N --log LOG FILE

  Sends the requests of FILE to the HTTP server on this port of the loopback, each on a connection of its own, and
  writes into FILE what it answers, and what it adds to LOG. FILE is JSON: { about, files, exchanges }. The server
  has been started with the files, whose time is the beginning of 2024. Every character of a request and of an
  answer stands for a byte. The date of an answer, and the time, the process and the client of a line of the log
  are written in one form.`;

interface Trace {
  about: string;
  /** The texts of files by their paths. */
  files: Record<string, string>;
  exchanges: { request: string; answer?: string }[];
  log?: string[];
}

/** The milliseconds without any byte after which an answer is over, where the connection stays. */
const quiet = 150;

async function ask(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  let answer = "";
  socket.write(Buffer.from(request, "latin1"));
  let finish = (): void => {};
  const over = new Promise<void>((resolve) => (finish = resolve));
  let timer = setTimeout(finish, 1000);
  socket.on("data", (data) => {
    answer += data.toString("latin1");
    clearTimeout(timer);
    timer = setTimeout(finish, quiet);
  });
  socket.on("end", () => {
    answer += "(end)";
    finish();
  });
  socket.on("error", finish);
  await over;
  clearTimeout(timer);
  socket.destroy();
  return answer.replace(/^Date: .*$/m, "Date: now");
}

/** Writes a line of a log without what is another one each time. */
function stable(line: string): string {
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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string" }, log: { type: "string" } },
});
const [file] = positionals;
if (!file || !values.port || !values.log) {
  console.error(usage);
  process.exit(2);
}
const trace = JSON.parse(await readFile(file, "utf8")) as Trace;
const before = (await readFile(values.log, "utf8")).length;
for (const exchange of trace.exchanges) {
  exchange.answer = await ask(Number(values.port), exchange.request);
}
const log = (await readFile(values.log, "utf8")).slice(before);
trace.log = log.split("\n").slice(0, -1).map(stable);
await writeFile(file, `${JSON.stringify(trace, undefined, 2)}\n`);
