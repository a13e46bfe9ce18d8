import { since26, since28 } from "./row.js";

/**
 * How the engine's HTTP server (Go's net/http) reads what is not quite HTTP. It came in with the Go that each
 * release is built with. Seen on all three, by sending it.
 */
export const httpRows = {
  /** Whether a header without a name, or with a character that none may have, is refused when it is read. */
  strictHeaders: since26(false, true),
  /** How many header lines a request may have. */
  headerLines: since28(Number.POSITIVE_INFINITY, 500),
  /** Whether the line that begins a chunk must end with CR LF, and must have a length in it. */
  strictChunks: since26(false, true),
};
