/** Thrown when bytes are not a DNS message, or when a message cannot be encoded. */
export class DnsMessageError extends Error {
  override readonly name = "DnsMessageError";
}
