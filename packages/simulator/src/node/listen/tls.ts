import type { Socket } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";

/** Who a server is, and whom it lets in. Each is the text of a PEM file. */
export interface Tls {
  /** Clients must show a certificate that one of these has signed. */
  readonly ca: string;
  /** The server's own. */
  readonly cert: string;
  readonly key: string;
}

/** What a client says first that has not been told of TLS, as Go's server knows it, and what that server says. */
const plainRequest = /^(?:GET \/|HEAD |POST |PUT \/|OPTIO)/;
const plainAnswer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";

/**
 * Has sockets speak TLS 1.2 or newer with clients that it knows.
 *
 * @param patience milliseconds that a client may take until it is let in
 * @param connected told of each that is
 * @returns what takes a socket that has just been accepted
 * @throws {UsageError} these are no certificates, or do not fit together
 */
export async function tlsDoor(
  { ca, cert, key }: Tls,
  patience: number,
  connected: (socket: Socket) => void,
): Promise<(socket: Socket) => void> {
  // Loaded when it is wanted: it takes as long as a third of all the rest.
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
    // Whoever is not let in is told so by TLS, and Node ends that; whoever is too slow, it does not.
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
