// How Node 5.7 ends by an error that nobody handles: where it was thrown, the error, and the stack as the real program
// printed it.

/** The end of the process. The message is what Node prints. */
export class Crash extends Error {}

const redis = "/usr/src/app/node_modules/redis/index.js";
const ticks = ["_combinedTickCallback (node.js:377:13)", "process._tickCallback (node.js:401:11)"];
const fromSocket = [
  `RedisClient.on_error (${redis}:196:24)`,
  `Socket.<anonymous> (${redis}:106:14)`,
  "emitOne (events.js:90:13)",
  "Socket.emit (events.js:182:7)",
];
const fromEnd = [
  `RedisClient.connection_gone (${redis}:486:10)`,
  `Socket.<anonymous> (${redis}:114:14)`,
  "emitNone (events.js:85:20)",
  "Socket.emit (events.js:179:7)",
  "endReadableNT (_stream_readable.js:913:12)",
  ...ticks,
];
const fromReply = [
  "emitOne (events.js:90:13)",
  "ReplyParser.emit (events.js:182:7)",
  "ReplyParser.send_error (/usr/src/app/node_modules/redis/lib/parser/javascript.js:296:10)",
  "ReplyParser.execute (/usr/src/app/node_modules/redis/lib/parser/javascript.js:181:22)",
  `RedisClient.on_data (${redis}:547:27)`,
  `Socket.<anonymous> (${redis}:102:14)`,
];

/** An event `error` without a listener. */
const unhandled = "events.js:154\n      throw er; // Unhandled 'error' event\n      ^";

function rethrown(line: number, name: string): string {
  const indent = name === "err" ? "            " : "                    ".slice(line === 575 ? 4 : 0);
  return `${redis}:${line}\n${indent}throw ${name};\n${indent}^`;
}

function crash(where: string, error: string, stack: readonly string[]): Crash {
  return new Crash(`${where}\n\n${error}\n${stack.map((frame) => `    at ${frame}\n`).join("")}`);
}

/** The connection to Redis has failed. @param isLookup whether that was in the search for its address */
export function connectionFailed(problem: string, isLookup: boolean): Crash {
  const last = isLookup ? "connectErrorNT (net.js:992:8)" : "emitErrorNT (net.js:1250:8)";
  const error = `Error: Redis connection to redis:6379 failed - ${problem}`;
  return crash(unhandled, error, [...fromSocket, last, ...ticks]);
}

/** The connection has ended before Redis has said that it is ready. */
export function endedBeforeReady(): Crash {
  return crash(
    rethrown(172, "callback_err"),
    "Error: Ready check failed: Redis connection gone from end event.",
    [
      `RedisClient.on_info_cmd (${redis}:380:35)`,
      `Command.callback (${redis}:430:14)`,
      `RedisClient.flush_and_error (${redis}:169:29)`,
      ...fromEnd,
    ],
  );
}

/**
 * The connection has ended while a page waited for Redis.
 *
 * @param isSent whether the request had gone to Redis
 */
export function endedWithinPage(isSent: boolean): Crash {
  const [thrown, called] = isSent ? [172, "169:29"] : [158, "155:29"];
  return crash(
    rethrown(thrown as number, "callback_err"),
    "TypeError: Cannot convert undefined or null to object",
    [
      "Function.keys (native)",
      "Command.callback (/usr/src/app/server.js:23:12)",
      `RedisClient.flush_and_error (${redis}:${called})`,
      ...fromEnd,
    ],
  );
}

/** Redis has answered the check whether it is ready with an error. */
export function notReady(problem: string): Crash {
  return crash(rethrown(575, "callback_err"), `Error: Ready check failed: ${problem}`, [
    `RedisClient.on_info_cmd (${redis}:380:35)`,
    `Command.callback (${redis}:430:14)`,
    `RedisClient.return_error (${redis}:571:25)`,
    `ReplyParser.<anonymous> (${redis}:317:18)`,
    ...fromReply.slice(0, 6),
  ]);
}

/** Redis has answered a command with an error that nobody waits for. */
export function errorWithoutCallback(problem: string): Crash {
  return crash(rethrown(582, "err"), `Error: ${problem}`, [
    `ReplyParser.<anonymous> (${redis}:317:31)`,
    ...fromReply,
    "emitOne (events.js:90:13)",
    "Socket.emit (events.js:182:7)",
    "readableAddChunk (_stream_readable.js:153:18)",
  ]);
}

/** The port is taken. */
export function portTaken(): Crash {
  return crash(unhandled, "Error: listen EADDRINUSE :::3000", [
    "Object.exports._errnoException (util.js:856:11)",
    "exports._exceptionWithHostPort (util.js:879:20)",
    "Server._listen2 (net.js:1231:14)",
    "listen (net.js:1267:10)",
    "Server.listen (net.js:1363:5)",
    "Object.<anonymous> (/usr/src/app/server.js:28:4)",
    "Module._compile (module.js:413:34)",
    "Object.Module._extensions..js (module.js:422:10)",
    "Module.load (module.js:357:32)",
    "Function.Module._load (module.js:314:12)",
  ]);
}
