import type { PullProgress } from "@dryharbor/sdk/port";

/** A layer's way from the registry to here. */
export function layerSteps(id: string, size: number): PullProgress[] {
  const done = { progressDetail: { current: size, total: size }, progress: wholeBar(size) };
  const step = (status: string): PullProgress => ({ status, progressDetail: {}, id });
  return [
    step("Pulling fs layer"),
    { status: "Downloading", ...done, id },
    step("Verifying Checksum"),
    step("Download complete"),
    // Seen twice of small layers, each time.
    { status: "Extracting", ...done, id },
    { status: "Extracting", ...done, id },
    step("Pull complete"),
  ];
}

/** A line of a push's progress; the last of a tag has what was made of it. */
export type PushStep =
  | PullProgress
  | {
      readonly progressDetail: Record<string, never>;
      readonly aux: { readonly Tag: string; readonly Digest: string; readonly Size: number };
    };

/** A layer's way to the registry. @param known it is there already */
export function pushedLayer(id: string, size: number, known: boolean): PullProgress[] {
  const step = (status: string): PullProgress => ({ status, progressDetail: {}, id });
  if (known) return [step("Preparing"), step("Layer already exists")];
  const done = { progressDetail: { current: size, total: size }, progress: wholeBar(size) };
  return [step("Preparing"), { status: "Pushing", ...done, id }, step("Pushed")];
}

/** What a terminal shows of something that is all there. */
function wholeBar(bytes: number): string {
  const size = humanSize(bytes);
  return `[${"=".repeat(50)}>]  ${size.padStart(8)}/${size}`;
}

/** Four digits and a unit of thousands, as Docker shows sizes: `3.08kB`. */
function humanSize(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1000; unit++) size /= 1000;
  return `${Number(size.toPrecision(4))}${["B", "kB", "MB", "GB", "TB"][unit]}`;
}
