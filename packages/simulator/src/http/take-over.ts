import type { ProcessStream } from "@dryharbor/sdk/port";
import { isOlder } from "../core/api-version.js";
import type { Call } from "./call.js";
import { frame, streamType } from "./frames.js";
import type { HttpHeaders, HttpResponse, RawConnection } from "./message.js";

/** The process for which a connection is taken over. */
interface TakenFor {
  readonly tty: boolean;
  readonly takesInput: boolean;
}

/**
 * Takes over the connection for a process's streams. The status is 101 if the client asked for an upgrade to
 * anything, otherwise 200.
 *
 * @param open called when the connection is ready; its stream is released when the client goes
 */
export function takeOver(
  { request, apiVersion }: Call,
  { tty, takesInput }: TakenFor,
  open: (signal: AbortSignal) => ProcessStream | Promise<ProcessStream>,
): HttpResponse {
  const upgrades = (request.headers.upgrade ?? "") !== "";
  const headers: HttpHeaders = upgrades
    ? { "Content-Type": streamType(tty, !isOlder(apiVersion, "1.42")), Connection: "Upgrade", Upgrade: "tcp" }
    : { "Content-Type": streamType(tty, false) };
  return {
    status: upgrades ? 101 : 200,
    headers,
    takesInput,
    takeOver: (connection) => {
      void carry(connection, tty, open);
    },
  };
}

async function carry(
  connection: RawConnection,
  tty: boolean,
  open: (signal: AbortSignal) => ProcessStream | Promise<ProcessStream>,
): Promise<void> {
  try {
    const stream = await open(connection.signal);
    void passInput(connection, stream);
    for await (const chunk of stream) {
      // A client that does not read makes the process wait.
      if (!connection.write(tty ? chunk.data : frame(chunk))) await connection.drained();
    }
  } catch {
    // The client has gone or the engine was closed, so nobody can be told.
  } finally {
    connection.end();
  }
}

async function passInput(connection: RawConnection, stream: ProcessStream): Promise<void> {
  try {
    for await (const data of connection.input) await stream.write(data);
    await stream.end();
  } catch {
    // The client has gone, as above.
  }
}
