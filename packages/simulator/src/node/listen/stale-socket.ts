import { once } from "node:events";
import { lstatSync, type Stats, unlinkSync } from "node:fs";
import { createConnection } from "node:net";
import { ListenError } from "./listen-error.js";

/**
 * Removes a socket that a process has left behind: nobody listens on it.
 *
 * @throws {ListenError} somebody does, or it is no socket
 */
export async function removeStaleSocket(path: string): Promise<void> {
  const found = statusOf(path);
  if (!found) return;
  if (!found.isSocket()) {
    throw new ListenError(`${path} is there and is no socket: give another path, or move it away`);
  }
  if (await answers(path)) {
    throw new ListenError(
      `${path} is in use: another process listens on it. End that one, or give another path`,
      { inUse: true },
    );
  }
  // Whoever has been quicker has made a new one, which is not stale.
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
    // A full backlog, or a socket that this user may not write to: somebody has it.
    return true;
  } finally {
    socket.destroy();
  }
}
