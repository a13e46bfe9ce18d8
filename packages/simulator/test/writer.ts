import type { Program } from "@dryharbor/kernel";

/** A program that writes without end, and the number of bytes that it has written. */
export interface Writer {
  readonly program: Program;
  /** In bytes. */
  written: number;
}

/** Makes a program that writes without end. It blocks while nobody reads. */
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
