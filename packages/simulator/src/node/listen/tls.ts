import type { Socket } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";

/** The certificates of a server and of its clients. Each is the text of a PEM file. */
export interface Tls {
  /** The certificate authority that must have signed a client's certificate. */
  readonly ca: string;
  /** The server's certificate. */
  readonly cert: string;
  readonly key: string;
}

/**
 * The first bytes of a client that does not speak TLS, as Go's server recognises them, and that server's
 * answer.
 */
const plainRequest = /^(?:GET \/|HEAD |POST |PUT \/|OPTIO)/;
const plainAnswer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

/**
 * Makes sockets speak TLS 1.2 or newer, and admits clients whose certificate the authority has signed.
 *
 * @param patience - milliseconds in which a client must be admitted
 * @param connected - called with each admitted client's socket
 * @returns the function to call with each accepted socket
 * @throws {UsageError} the certificates are malformed, or do not fit together
 */
export async function tlsDoor(
  { ca, cert, key }: Tls,
  patience: number,
  connected: (socket: Socket) => void,
): Promise<(socket: Socket) => void> {
  // Loaded on demand, because it takes a third as long as everything else together.
  const { createServer } = await import("node:tls");
  try {
    const server = createServer(
      {
        ca,
        cert,
        key,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: "TLSv1.2",
        ALPNProtocols: ["http/1.1"],
        handshakeTimeout: patience,
      },
      connected,
    );
    // TLS tells a refused client so, and Node ends that connection. One that is too slow must be ended here.
    server.on("tlsClientError", (error: NodeJS.ErrnoException, socket) => {
      if (error.code === "ERR_TLS_HANDSHAKE_TIMEOUT") socket.destroy();
    });
    return (socket) => {
      socket.setTimeout(patience, () => socket.destroy());
      socket.on("error", () => {});
      socket.once("readable", () => {
        socket.setTimeout(0);
        const first: Buffer | null = socket.read();
        if (first && plainRequest.test(first.toString("latin1", 0, 5))) {
          socket.end(plainAnswer);
          socket.resume();
          return;
        }
        if (first) socket.unshift(first);
        server.emit("connection", socket);
      });
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`TLS does not work with this authority, certificate and key: ${why}`, { cause });
  }
}
