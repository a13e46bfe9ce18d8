import type { ProcessStream } from "@dryharbor/sdk/port";
import { base64 } from "../../core/base64.js";
import type { HttpRequest, HttpResponse, RawConnection } from "../message.js";
import { FrameReader, frameOf, opcodes, ProtocolError } from "./frames.js";
import { sha1 } from "./sha1.js";

const text = new TextEncoder();

/**
 * Takes over the connection for a process's streams as a WebSocket. Each piece of stdout or stderr is one
 * message. The client's messages are the process's input.
 *
 * @param binary sends binary messages rather than text; both kinds are accepted
 * @param open called when the connection is ready
 */
export function webSocket(
  request: HttpRequest,
  binary: boolean,
  open: (signal: AbortSignal) => ProcessStream,
): HttpResponse {
  const { headers } = request;
  const key = headers["sec-websocket-key"] ?? "";
  const upgrades =
    headers.upgrade?.toLowerCase() === "websocket" && /\bupgrade\b/i.test(headers.connection ?? "");
  if (!upgrades) return refusal("not websocket protocol");
  if (key === "") return refusal("mismatch challenge/response");
  if (headers["sec-websocket-version"] !== "13") {
    return refusal("missing or bad WebSocket Version", { "Sec-WebSocket-Version": "13" });
  }
  return {
    status: 101,
    statusText: "Switching Protocols",
    headers: { Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Accept": acceptanceOf(key) },
    bare: true,
    takeOver: (connection) => {
      void carry(connection, binary ? opcodes.binary : opcodes.text, open(connection.signal));
    },
  };
}

/** Returns the server's half of the handshake (RFC 6455, section 4.2.2). */
export function acceptanceOf(key: string): string {
  return base64([...sha1(text.encode(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`))]);
}

/**
 * Answers a handshake that is refused. The engine writes it past its HTTP server, from which it took the
 * connection.
 */
function refusal(message: string, headers: HttpResponse["headers"] = {}): HttpResponse {
  return {
    status: 400,
    headers,
    bare: true,
    takeOver(connection) {
      connection.write(text.encode(message));
      connection.end();
    },
  };
}

/** Status 1000 of a close frame: normal closure. */
const normalClosure = Uint8Array.of(0x03, 0xe8);
/**
 * Status 1002 of a close frame: protocol error. The engine then sends 1000 all the same. Seen with frames
 * without a mask.
 */
const protocolError = Uint8Array.of(0x03, 0xea);

async function carry(connection: RawConnection, opcode: number, stream: ProcessStream): Promise<void> {
  try {
    void passInput(connection, stream);
    for await (const { data } of stream) {
      // A client that does not read makes the process wait.
      if (!connection.write(frameOf(opcode, data))) await connection.drained();
    }
  } catch {
    // The client has gone or the engine was closed, so nobody can be told.
  } finally {
    connection.write(frameOf(opcodes.close, normalClosure));
    connection.end();
  }
}

async function passInput(connection: RawConnection, stream: ProcessStream): Promise<void> {
  const reader = new FrameReader();
  try {
    for await (const piece of connection.input) {
      for (const { opcode, data } of reader.read(piece)) {
        if (opcode === opcodes.close) return;
        if (opcode === opcodes.ping) connection.write(frameOf(opcodes.pong, data));
        else if (opcode <= opcodes.binary) await stream.write(data);
      }
    }
  } catch (error) {
    if (error instanceof ProtocolError) connection.write(frameOf(opcodes.close, protocolError));
    // Any other error means that the client has gone.
  } finally {
    stream.close();
  }
}
