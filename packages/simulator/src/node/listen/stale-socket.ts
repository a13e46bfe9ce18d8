import { once } from "node:events";
import { lstatSync, type Stats, unlinkSync } from "node:fs";
import { createConnection } from "node:net";
import { ListenError } from "./listen-error.js";

/**
 * Removes a socket file that no process listens on.
 *
 * @throws {ListenError} a process listens on it, or it is not a socket
 */
export async function removeStaleSocket(path: string): Promise<void> {
  const found = statusOf(path);
  if (!found) return;
  if (!found.isSocket()) {
    throw new ListenError(`${path} exists and is not a socket: give another path, or move the file away`);
  }
  if (await answers(path)) {
    throw new ListenError(
      `${path} is in use: another process listens on it. End that one, or give another path`,
      { inUse: true },
    );
  }
  // If another process was faster, there is a new socket, which is not stale.
  const now = statusOf(path);
  if (now && now.ino === found.ino && now.ctimeMs === found.ctimeMs) unlinkSync(path);
}

function statusOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

async function answers(path: string): Promise<boolean> {
  const socket = createConnection(path);
  try {
    await once(socket, "connect");
    return true;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ECONNREFUSED" || code === "ENOENT") return false;
    // The backlog is full, or this user may not write to the socket: a process listens on it.
    return true;
  } finally {
    socket.destroy();
  }
}
