import type { PullProgress } from "@dryharbor/sdk/port";

/** Returns the progress of pulling one layer. */
export function layerSteps(id: string, size: number): PullProgress[] {
  const done = { progressDetail: { current: size, total: size }, progress: wholeBar(size) };
  const step = (status: string): PullProgress => ({ status, progressDetail: {}, id });
  return [
    step("Pulling fs layer"),
    { status: "Downloading", ...done, id },
    step("Verifying Checksum"),
    step("Download complete"),
    // Small layers always show this line twice.
    { status: "Extracting", ...done, id },
    { status: "Extracting", ...done, id },
    step("Pull complete"),
  ];
}

/** A line of a push's progress. The last line of a tag has its digest and size. */
export type PushStep =
  | PullProgress
  | {
      readonly progressDetail: Record<string, never>;
      readonly aux: { readonly Tag: string; readonly Digest: string; readonly Size: number };
    };

/** Returns the progress of pushing one layer. @param known the registry has it already */
export function pushedLayer(id: string, size: number, known: boolean): PullProgress[] {
  const step = (status: string): PullProgress => ({ status, progressDetail: {}, id });
  if (known) return [step("Preparing"), step("Layer already exists")];
  const done = { progressDetail: { current: size, total: size }, progress: wholeBar(size) };
  return [step("Preparing"), { status: "Pushing", ...done, id }, step("Pushed")];
}

/** Returns the progress bar of a layer that is complete. */
function wholeBar(bytes: number): string {
  const size = humanSize(bytes);
  return `[${"=".repeat(50)}>]  ${size.padStart(8)}/${size}`;
}

/** Returns a size with four digits and a decimal unit, as Docker shows it: `3.08kB`. */
function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000; unit++) size /= 1000;
  return `${Number(size.toPrecision(4))}${["B", "kB", "MB", "GB", "TB"][unit]}`;
}
