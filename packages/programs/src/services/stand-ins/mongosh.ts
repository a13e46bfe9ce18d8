import type { Program } from "@dryharbor/kernel";
import { reach } from "./reach.js";

/** `mongosh`, as far as health checks use it: a ping, and whether it went well. */
export const mongosh: Program = async (process) => {
  const { argv, stdin, stdout, stderr } = process;
  let isQuiet = false;
  let host = "127.0.0.1";
  let port = 27_017;
  const scripts: string[] = [];
  const rest = argv.slice(1);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name, , inline] = /^--?(\w+)(=(.*))?$/s.exec(word) ?? [];
    const value = (): string => inline ?? rest.shift() ?? "";
    if (name === "quiet") isQuiet = true;
    else if (name === "eval") scripts.push(value());
    else if (name === "host") [host = host, port = port] = placeIn(value());
    else if (name === "port") port = Number(value());
    else if (name === "version") {
      stdout("2.5.3\n");
      return 0;
    } else if (/^(u|username|p|password|authenticationDatabase|file|f)$/.test(name ?? "")) value();
    else if (!word.startsWith("-")) [host = host, port = port] = placeIn(word);
  }
  const isGiven = scripts.length > 0;
  const isAtTerminal = process.descriptors.get(0)?.terminal !== undefined;
  if (scripts.length === 0 && !isAtTerminal) {
    let text = "";
    for await (const data of stdin) text += new TextDecoder().decode(data);
    scripts.push(text);
  }
  const isTalkative = !isQuiet && !isGiven;
  if (isTalkative) {
    stdout(
      `Current Mongosh Log ID:\t${process.now().toString(16).padStart(24, "0").slice(-24)}\n` +
        `Connecting to:\t\tmongodb://${host}:${port}/?directConnection=true&serverSelectionTimeoutMS=2000&appName=mongosh+2.5.3\n`,
    );
  }
  const reached = await reach(process, host, port);
  if (reached === "ECONNRESET") {
    stderr(closed(host, port));
    return 1;
  }
  if (reached !== "listening") {
    const cause =
      reached === "unknown host" ? `getaddrinfo ENOTFOUND ${host}` : `connect ${reached} ${host}:${port}`;
    stderr(`MongoNetworkError: ${cause}\n`);
    return 1;
  }
  if (isTalkative) {
    stdout(
      `Using MongoDB:\t\t${process.env.MONGO_VERSION ?? ""}\nUsing Mongosh:\t\t2.5.3\n\n` +
        "For mongosh info see: https://www.mongodb.com/docs/mongodb-shell/\n\n",
    );
  }
  for (const script of scripts) {
    const text = script.trim();
    if (text === "") continue;
    if (!/\bping\b|\bhello\b|isMaster|\.stats\(\)/.test(text)) {
      stderr(closed(host, port));
      return 1;
    }
    if (/^(quit|exit)\b|process\.exit/.test(text)) return 0;
    stdout(/\)\s*\.ok\s*;?$/.test(text) ? "1\n" : "{ ok: 1 }\n");
  }
  if (!isAtTerminal || scripts.length > 0) return 0;
  // Who wants to talk is told as by a server that closes.
  stderr(closed(host, port));
  return 1;
};

/** What is said of a server that closes the connection. */
function closed(host: string, port: number): string {
  return `MongoServerSelectionError: connection <monitor> to ${host}:${port} closed\n`;
}

function placeIn(text: string): readonly [host: string | undefined, port: number | undefined] {
  const [, host, port] = /^(?:mongodb:\/\/)?(?:[^@/]*@)?([^:/?]*)(?::(\d+))?/.exec(text) ?? [];
  // A word without a port or a dot is the name of a database.
  const isPlace = text.includes(":") || text.includes(".") || host === "localhost";
  return isPlace
    ? [host || undefined, port === undefined ? undefined : Number(port)]
    : [undefined, undefined];
}
