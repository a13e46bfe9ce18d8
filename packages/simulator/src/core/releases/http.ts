import { since26, since28, since29 } from "./row.js";

/**
 * Differences between releases in how the engine's HTTP server (Go's net/http) reads malformed requests. They
 * come from the Go version that a release is built with. Seen on all three, by sending such requests.
 */
export const httpRows = {
  /** A header with an empty name or a character that a name must not contain is refused while it is read. */
  strictHeaders: since26(false, true),
  /** The number of header lines that a request may have. */
  headerLines: since28(Number.POSITIVE_INFINITY, 500),
  /** The line that begins a chunk must contain a length and end with CR LF. */
  strictChunks: since26(false, true),
  /**
   * A request that fails because its client went away in the middle of the body is answered with the status 499 and no body
   * (moby, daemon/server/server.go). Nobody reads that but a client that has closed only its own side.
   */
  answersGoneClients: since29(false, true),
};
