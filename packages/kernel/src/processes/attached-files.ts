import { FileError } from "../files/file-error.js";
import type { ByteQueue } from "../pipes/byte-queue.js";
import type { OutputName, ProcessHost } from "./host.js";
import type { OpenFile } from "./open-file.js";

/**
 * Creates standard input, output and error of a process whose streams are attached from outside of the
 * kernel.
 */
export function attachedFiles(
  { stdin: input }: { readonly stdin: ByteQueue },
  host: ProcessHost,
): ReadonlyMap<number, OpenFile> {
  let holders = 2;
  const output = (name: OutputName): OpenFile => {
    let room: Promise<void> | undefined;
    return {
      terminal: host.terminal,
      // Whatever leads to a terminal also reads from it.
      take: (limit) => input.take(host.terminal ? limit : 0),
      readable: () => input.readable(),
      write(data) {
        room = host.output(name, data);
        return true;
      },
      writable: () => room,
      hold() {
        holders++;
      },
      drop() {
        holders--;
        if (holders === 0) host.closed?.();
      },
    };
  };
  const stdin: OpenFile = {
    ...(!host.hasInput() && { shownAs: "/dev/null" }),
    terminal: host.terminal,
    take: (limit) => input.take(limit),
    readable: () => input.readable(),
    write() {
      throw new FileError("EBADF");
    },
    writable: () => undefined,
    isOpenToOthers: () => host.inputMayCome(),
    hold() {},
    drop() {},
  };
  return new Map([
    [0, stdin],
    [1, output("stdout")],
    [2, output("stderr")],
  ]);
}
