import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import type { Server } from "node:net";
import { dirname } from "node:path";
import { isMainThread } from "node:worker_threads";
import { type Address, hostOf, listenOptions } from "./address.js";
import { ListenError } from "./listen-error.js";
import { removeStaleSocket } from "./stale-socket.js";

/**
 * The number of connections that may wait to be accepted. Node's default is 511. The system may allow fewer.
 */
const backlog = 4096;

/** The mode of dockerd's socket: for its owner and group. */
const socketMode = 0o660;

/**
 * Makes a server listen. Replaces a socket file that an ended process has left behind.
 *
 * @returns the address, with the port that the system chose
 * @throws {ListenError} the address is in use or not permitted
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
  // The umask sets the mode while the socket is created, so that it never has another one. Workers have no
  // umask.
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
      EADDRINUSE: "another process has just taken it. Give another path",
      // libuv turns ENOENT into EACCES.
      EACCES: existsSync(directory)
        ? `this user may not create files in ${directory}. Give another path`
        : `the directory ${directory} does not exist. Create it first, or give another path`,
      ENOTDIR: `${directory} is not a directory. Give another path`,
    };
  }
  return {
    EADDRINUSE: "the port is in use. Give another one; port 0 takes any free port",
    EACCES: "this user may not listen on that port. Give one above 1023",
    EADDRNOTAVAIL: "this machine does not have that address. Give 127.0.0.1",
    ENOTFOUND: "that name has no address. Give 127.0.0.1",
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
