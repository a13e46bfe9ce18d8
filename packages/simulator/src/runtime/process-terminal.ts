import { type Process, type ProcessHost, Terminal } from "@dryharbor/kernel/host";

/** Makes the terminal of a process that was started with `Tty`. @param size rows and columns, if they are known */
export function terminalOf(
  host: ProcessHost & { readonly process: Process | undefined },
  size: readonly number[] | undefined,
): Terminal {
  const [rows = 0, columns = 0] = size ?? [];
  const ends = {
    echo: (data: Uint8Array) => host.output("stdout", data),
    line: (data: Uint8Array) => host.process?.write(data),
    endOfFile: () => host.process?.markEndOfInput(),
    signal: (number: number) => host.pids.signalGroup(host.session, terminal.foreground, number),
  };
  const terminal = new Terminal(ends, { rows, columns });
  return terminal;
}
