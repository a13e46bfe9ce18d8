import { type Process, type ProcessHost, Terminal } from "@dryharbor/kernel/host";

/** Makes the terminal of a process that was started with `Tty`. */
export function terminalOf(host: ProcessHost & { readonly process: Process | undefined }): Terminal {
  const terminal: Terminal = new Terminal({
    echo: (data) => host.output("stdout", data),
    line: (data) => host.process?.write(data),
    endOfFile: () => host.process?.markEndOfInput(),
    signal: (number) => host.pids.signalGroup(host.session, terminal.foreground, number),
  });
  return terminal;
}
