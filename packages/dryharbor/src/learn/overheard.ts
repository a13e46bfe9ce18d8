// Listens to a process of the simulated host while somebody else shows what it prints.
import type { Outcome } from "@dryharbor/lessons";
import type { HostProcess } from "@dryharbor/simulator";

/** A process to show, and what it has printed by then. */
export interface Overheard {
  readonly heard: HostProcess;
  readonly outcome: (exitCode: number) => Outcome;
}

/** Returns the same process, whose output is noted as it is read. */
export function overheard(process: HostProcess): Overheard {
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  const printed = { stdout: "", stderr: "" };
  async function* pieces() {
    for await (const piece of process) {
      const name = piece.stream === "stderr" ? "stderr" : "stdout";
      printed[name] += decoders[name].decode(piece.data, { stream: true });
      yield piece;
    }
  }
  const heard = new Proxy(process, {
    get(target, key) {
      if (key === Symbol.asyncIterator) return pieces;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  // A terminal ends its lines with a carriage return as well.
  return { heard, outcome: (exitCode) => ({ exitCode, stdout: printed.stdout.replaceAll("\r\n", "\n"), stderr: printed.stderr }) };
}
