import type { Program } from "@dryharbor/kernel";

/** A program that writes without end, and how much it has written. */
export interface Writer {
  readonly program: Program;
  /** Bytes. */
  written: number;
}

/** A process of it is held up where nobody reads what it writes. */
export function endlessWriter(): Writer {
  const writer: Writer = {
    written: 0,
    program: async ({ stdout, sleep }) => {
      for (;;) {
        stdout(new Uint8Array(16_384));
        writer.written += 16_384;
        await sleep(0);
      }
    },
  };
  return writer;
}
