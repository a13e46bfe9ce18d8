import type { Files } from "@dryharbor/kernel";

/** How much memory there is, in kibibytes, as /proc/meminfo tells. */
export interface Memory {
  readonly total: number;
  readonly free: number;
  readonly available: number;
  readonly shared: number;
  readonly buffers: number;
  readonly cached: number;
  readonly reclaimable: number;
  readonly swapTotal: number;
  readonly swapFree: number;
}

/** Reads /proc/meminfo. @throws {FileError} */
export function memoryIn(files: Files): Memory {
  const text = new TextDecoder().decode(files.read("/proc/meminfo"));
  const values = new Map(
    Array.from(text.matchAll(/^(\w+):\s+(\d+) kB$/gm), ([, name, size]) => [name, Number(size)]),
  );
  const value = (name: string): number => values.get(name) ?? 0;
  return {
    total: value("MemTotal"),
    free: value("MemFree"),
    available: value("MemAvailable"),
    shared: value("Shmem"),
    buffers: value("Buffers"),
    cached: value("Cached"),
    reclaimable: value("SReclaimable"),
    swapTotal: value("SwapTotal"),
    swapFree: value("SwapFree"),
  };
}
