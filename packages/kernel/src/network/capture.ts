import { FileError } from "../files/file-error.js";
import type { CapturedPacket } from "./sockets.js";
import type { NetworkStack } from "./stack.js";

/** How many packets may wait for a reader. Those that come while so many wait are lost, as in Linux. */
const most = 4_096;

/** The packets that pass the interfaces of a stack, from the moment of its making on. */
export interface PacketCapture {
  /** Takes the next packet, if one waits. @throws {FileError} EBADF when it is closed */
  take(): CapturedPacket | undefined;
  /** Resolves when there is a packet to take. */
  readable(): Promise<void>;
  close(): void;
}

/** Begins to capture. */
export function captureOf(stack: NetworkStack): PacketCapture {
  const waiting: CapturedPacket[] = [];
  let closed = false;
  let wake: (() => void)[] = [];
  const notify = (): void => {
    const all = wake;
    wake = [];
    for (const each of all) each();
  };
  const see = (packet: CapturedPacket): void => {
    if (waiting.length >= most) return;
    waiting.push(packet);
    notify();
  };
  stack.captures.add(see);
  return {
    take() {
      if (closed) throw new FileError("EBADF");
      return waiting.shift();
    },
    readable() {
      if (closed || waiting.length > 0) return Promise.resolve();
      return new Promise((resolve) => wake.push(resolve));
    },
    close() {
      closed = true;
      stack.captures.delete(see);
      notify();
    },
  };
}
