import type { LookupError } from "@dryharbor/kernel";

/** Returns the text of a failed lookup as `hstrerror` words it. */
export function hostErrorText({ code }: LookupError): string {
  switch (code) {
    case "EAI_AGAIN":
      return "Host name lookup failure";
    case "EAI_FAIL":
      return "Unknown server error";
    case "EAI_NODATA":
    case "EAI_ADDRFAMILY":
      return "No address associated with name";
    case "EAI_NONAME":
      return "Unknown host";
  }
}
