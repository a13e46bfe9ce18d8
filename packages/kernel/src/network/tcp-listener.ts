import { FileError } from "../files/file-error.js";
import type { SocketAddress, SocketInfo } from "./sockets.js";
import { conflict, familyOf, type NetworkStack } from "./stack.js";
import type { TcpSocket } from "./tcp-socket.js";

/** A listening TCP socket: the connections that wait to be accepted. */
export class TcpListener {
  readonly local: SocketAddress;
  readonly #stack: NetworkStack;
  readonly #backlog: number;
  readonly #pid: number;
  readonly #waiting: TcpSocket[] = [];
  #wake: (() => void)[] = [];
  closed = false;

  /** @throws {FileError} EADDRINUSE, EADDRNOTAVAIL */
  constructor(
    stack: NetworkStack,
    local: SocketAddress,
    backlog: number,
    pid: number,
    readonly onlyIPv6 = false,
  ) {
    const isTaken = (port: number): boolean =>
      (stack.listeners.get(port) ?? []).some((each) => conflict(each, { local, onlyIPv6 }));
    const port = stack.bind(local.address, local.port, isTaken);
    this.local = { address: local.address, port };
    this.#stack = stack;
    this.#backlog = backlog;
    this.#pid = pid;
    stack.listeners.set(port, [...(stack.listeners.get(port) ?? []), this]);
  }

  /** Whether one more connection may wait. Linux lets in one more than the backlog says. */
  get hasRoom(): boolean {
    return this.#waiting.length <= this.#backlog;
  }

  /** Lets a connection wait to be accepted. */
  arrive(socket: TcpSocket): void {
    this.#waiting.push(socket);
    for (const wake of this.#wake.splice(0)) wake();
  }

  /** Takes the next connection, if one waits. @throws {FileError} EBADF when the socket is closed */
  take(): TcpSocket | undefined {
    if (this.closed) throw new FileError("EBADF");
    return this.#waiting.shift();
  }

  /** Resolves when there is a connection to take, or the socket is closed. */
  readable(): Promise<void> {
    if (this.closed || this.#waiting.length > 0) return Promise.resolve();
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  /** Stops listening, and resets what waits. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    const others = (this.#stack.listeners.get(this.local.port) ?? []).filter((each) => each !== this);
    if (others.length > 0) this.#stack.listeners.set(this.local.port, others);
    else this.#stack.listeners.delete(this.local.port);
    for (const socket of this.#waiting.splice(0)) {
      if (this.#stack.closed) socket.vanish();
      else socket.reset();
    }
    for (const wake of this.#wake.splice(0)) wake();
  }

  info(): SocketInfo {
    return {
      protocol: "tcp",
      family: familyOf(this.local.address),
      local: this.local,
      remote: undefined,
      state: "LISTEN",
      unread: this.#waiting.length,
      unsent: this.#backlog,
      pid: this.#pid,
    };
  }
}
