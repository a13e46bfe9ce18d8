import type { OutputName } from "@dryharbor/kernel/host";

/** A receiver of output: an attached client, a health check, or nobody. */
export interface OutputTarget {
  data(stream: OutputName, data: Uint8Array): void;
  /** Resolves when the reader has caught up; `undefined` when the writer need not wait. */
  room(): Promise<void> | undefined;
  end(): void;
}
