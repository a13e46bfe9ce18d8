import type { FileErrorCode } from "@dryharbor/kernel";
import type { Build } from "./build.js";

/** The failure of a transfer: curl's exit code, and its message. */
export class CurlError extends Error {
  override readonly name = "CurlError";

  constructor(
    readonly code: number,
    message: string,
    /** What the kernel said, where that was the reason. */
    readonly errno?: FileErrorCode,
    /** Whether it has been traced. */
    readonly isTraced = false,
  ) {
    super(message);
  }
}

/** Returns the text that libcurl has for "cannot connect". */
export function connectText(build: Build): string {
  return build.since("8.9") ? "Could not connect to server" : "Couldn't connect to server";
}

/** Refuses a URL. @param why the reason, which releases before 8.1 keep to themselves */
export function badUrl(build: Build, why: string): CurlError {
  const text = build.since("8.1") ? `URL rejected: ${why}` : "URL using bad/illegal format or missing URL";
  return new CurlError(3, text);
}
