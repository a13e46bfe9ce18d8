import type { OutputName } from "@dryharbor/kernel/host";

/** Where output goes. */
export interface OutputTarget {
  data(stream: OutputName, data: Uint8Array): void;
  /** Resolves when the reader has caught up; `undefined` while the writer need not wait. */
  room(): Promise<void> | undefined;
  end(): void;
}
