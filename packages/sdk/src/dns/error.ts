/** Bytes that are no DNS message, or a message that DNS has no bytes for. */
export class DnsMessageError extends Error {
  override readonly name = "DnsMessageError";
}
