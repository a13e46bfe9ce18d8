import type { Server, Socket } from "node:net";
import { UsageError } from "@dryharbor/sdk/port";

/** Who a server is, and whom it lets in. Each is the text of a PEM file. */
export interface Tls {
  /** Clients must show a certificate that one of these has signed. */
  readonly ca: string;
  /** The server's own. */
  readonly cert: string;
  readonly key: string;
}

/**
 * A server that speaks TLS 1.2 or newer, to clients that it knows.
 *
 * @throws {UsageError} these are no certificates, or do not fit together
 */
export async function tlsServer(
  { ca, cert, key }: Tls,
  connected: (socket: Socket) => void,
): Promise<Server> {
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
        allowHalfOpen: true,
        noDelay: true,
      },
      connected,
    );
    // Whoever is not let in is told so by TLS.
    server.on("tlsClientError", () => {});
    return server;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`TLS does not work with this authority, certificate and key: ${why}`, { cause });
  }
}
