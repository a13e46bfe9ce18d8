// Relays one TCP connection of this machine to the simulated host: bytes both ways, each end in its own direction,
// resets, and the back-pressure of whichever side is slow.

import type { Socket } from "node:net";
import type { Connection } from "@dryharbor/kernel";

/** How much is passed on at once, in bytes. */
const chunk = 65_536;

/**
 * Relays a connection, which must be paused and allow a half-open end.
 *
 * @param connect opens the connection on the simulated host
 */
export async function relayConnection(socket: Socket, connect: () => Promise<Connection>): Promise<void> {
  let connection: Connection | undefined;
  // Another program has reset it, or has closed it while there was something to say.
  socket.on("error", () => connection?.reset());
  socket.on("close", () => connection?.close());
  try {
    connection = await connect();
  } catch {
    reset(socket);
    return;
  }
  if (socket.destroyed) {
    connection.reset();
    return;
  }
  passIn(socket, connection);
  await passOut(connection, socket);
}

function passIn(socket: Socket, connection: Connection): void {
  const { file } = connection;
  socket.on("data", (data) => {
    try {
      file.write(data);
    } catch {
      reset(socket);
      return;
    }
    const room = file.writable();
    if (!room) return;
    socket.pause();
    room.then(() => socket.resume());
  });
  socket.on("end", () => connection.end());
  socket.resume();
}

async function passOut({ file }: Connection, socket: Socket): Promise<void> {
  try {
    while (!socket.destroyed) {
      const data = file.take(chunk);
      if (data === undefined) await file.readable();
      else if (data.length === 0) break;
      else if (!socket.write(data)) await room(socket);
    }
    socket.end();
  } catch {
    // The simulated side has reset the connection.
    reset(socket);
  }
}

/** Ends a connection with a reset. Node would leave a socket open that has ended its own direction already. */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}

/** Resolves when the socket has room again, or is over. */
function room(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off("drain", done);
      socket.off("close", done);
      resolve();
    };
    socket.on("drain", done);
    socket.on("close", done);
  });
}
