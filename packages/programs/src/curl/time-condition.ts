import type { ProcessContext } from "@dryharbor/kernel";

/**
 * Returns the header of `-z`: for what is newer than a date, or than a file; with `-` before it, for what is not.
 * `undefined` where it is no date.
 */
export function conditionHeader({ files }: ProcessContext, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const date = text.replace(/^[-+=]/, "");
  const time = files.exists(date) ? Number(files.stat(date).mtime / 1_000_000n) : Date.parse(date);
  if (Number.isNaN(time)) return undefined;
  const name = text.startsWith("-")
    ? "If-Unmodified-Since"
    : text.startsWith("=")
      ? "Last-Modified"
      : "If-Modified-Since";
  return `${name}: ${new Date(time).toUTCString()}`;
}
