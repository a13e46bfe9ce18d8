// Gives a process's terminal the size of the command's own, at first and whenever that changes.
import type { CommandIo } from "../io.js";

/** Height and width in the engine's letters. */
export interface Size {
  readonly h: number;
  readonly w: number;
}

/** The size of the command's terminal; zeros where standard output is none. */
export function terminalSize({ terminal, isTerminal }: CommandIo): Size {
  const { rows, columns } = (isTerminal.stdout ? terminal?.size() : undefined) ?? { rows: 0, columns: 0 };
  return { h: rows, w: columns };
}

/** Keeps the sizes alike. The returned function ends that. */
export function followSize(io: CommandIo, resize: (size: Size) => Promise<void>): () => void {
  const set = async (): Promise<void> => {
    const size = terminalSize(io);
    if (size.h === 0 && size.w === 0) return;
    // The process may not have begun, or have ended: then its terminal stays as it is.
    await resize(size).catch(() => {});
  };
  set();
  return io.terminal?.onResize(set) ?? (() => {});
}
