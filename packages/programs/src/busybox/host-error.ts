import type { LookupError, LookupErrorCode } from "@dryharbor/kernel";

/** The texts of a failed lookup as hstrerror words them. */
const texts: Readonly<Record<LookupErrorCode, string>> = {
  EAI_ADDRFAMILY: "Unknown host",
  EAI_AGAIN: "Host name lookup failure",
  EAI_NODATA: "No address associated with name",
  EAI_NONAME: "Unknown host",
};

/** Returns the text of a failed lookup as hstrerror words it. */
export function hostErrorText({ code }: LookupError): string {
  return texts[code];
}
