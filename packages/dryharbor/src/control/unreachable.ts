import { type Address, hostOf } from "@dryharbor/simulator/command";

/** The error of a control that nobody answers at. The message says what to do. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(address: Address, cause: NodeJS.ErrnoException) {
    const where = hostOf(address);
    const nobody = ["ECONNREFUSED", "ENOENT"].includes(cause.code ?? "");
    super(
      nobody
        ? `nobody listens at ${where}: start dryharbor serve --host … --control ${where}`
        : `the control at ${where} does not answer: ${cause.message || cause.code}`,
      { cause },
    );
  }
}
