import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import type { Server } from "node:net";
import { dirname } from "node:path";
import { isMainThread } from "node:worker_threads";
import { type Address, hostOf, listenOptions } from "./address.js";
import { ListenError } from "./listen-error.js";
import { removeStaleSocket } from "./stale-socket.js";

/** Many clients may come at once; Node itself asks for 511. The system may have a limit of its own. */
const backlog = 4096;

/** As dockerd's socket: for its owner and group. */
const socketMode = 0o660;

/**
 * Makes a server listen. A socket that a process has left behind is taken over.
 *
 * @returns where it listens, with the port that it got
 * @throws {ListenError}
 */
export async function listen(server: Server, address: Address): Promise<Address> {
  try {
    await bind(server, address);
  } catch (error) {
    if (address.kind !== "unix" || codeOf(error) !== "EADDRINUSE") throw explained(error, address);
    await removeStaleSocket(address.path);
    try {
      await bind(server, address);
    } catch (again) {
      throw explained(again, address);
    }
  }
  const bound = server.address();
  if (address.kind === "unix" || typeof bound !== "object" || bound === null) return address;
  return { ...address, port: bound.port };
}

async function bind(server: Server, address: Address): Promise<void> {
  if (address.kind !== "unix") {
    server.listen({ ...listenOptions(address), backlog });
    await once(server, "listening");
    return;
  }
  // The socket is made at once, so that nobody sees it with other rights. Workers cannot say so.
  const before = isMainThread ? process.umask(0o777 & ~socketMode) : 0;
  try {
    server.listen({ ...listenOptions(address), backlog });
  } finally {
    if (isMainThread) process.umask(before);
  }
  await once(server, "listening");
  chmodSync(address.path, socketMode);
}

function explained(error: unknown, address: Address): Error {
  const where = hostOf(address);
  const reason = reasons(address)[codeOf(error)];
  const text = error instanceof Error ? error.message : String(error);
  return new ListenError(`cannot listen on ${where}: ${reason ?? text}`, {
    cause: error,
    inUse: codeOf(error) === "EADDRINUSE",
  });
}

function reasons(address: Address): Readonly<Record<string, string>> {
  if (address.kind === "unix") {
    const directory = dirname(address.path);
    return {
      EADDRINUSE: "another process was quicker. Give another path",
      // libuv makes this of ENOENT, too.
      EACCES: existsSync(directory)
        ? `this user may not make files in ${directory}. Give another path`
        : `there is no directory ${directory}. Make it first, or give another path`,
      ENOTDIR: `${directory} is no directory. Give another path`,
    };
  }
  return {
    EADDRINUSE: "the port is in use. Give another one; port 0 is any free one",
    EACCES: "this user may not listen on that port. Give one above 1023",
    EADDRNOTAVAIL: "this machine does not have that address. Give 127.0.0.1",
    ENOTFOUND: "that name has no address. Give 127.0.0.1",
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
