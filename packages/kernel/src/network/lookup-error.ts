/** The texts of failed lookups as `gai_strerror` words them. */
const texts = {
  EAI_ADDRFAMILY: "Address family for hostname not supported",
  EAI_AGAIN: "Temporary failure in name resolution",
  EAI_NODATA: "No address associated with hostname",
  EAI_NONAME: "Name or service not known",
} as const;

/**
 * A reason why a lookup fails:
 * - `EAI_NONAME`: there is no such name, or DNS cannot ask for it
 * - `EAI_NODATA`: the name exists and has no address of the family
 * - `EAI_AGAIN`: no name server answered, or all of them failed
 * - `EAI_ADDRFAMILY`: the text is an address of the other family
 */
export type LookupErrorCode = keyof typeof texts;

/** The failure of a lookup. `code` is the name of the error, `message` its text from `gai_strerror`. */
export class LookupError extends Error {
  override readonly name = "LookupError";

  constructor(readonly code: LookupErrorCode) {
    super(texts[code]);
  }
}
