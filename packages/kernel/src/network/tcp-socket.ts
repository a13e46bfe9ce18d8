// One end of a TCP connection. Both ends know each other, so bytes go from one to the other directly; what
// lies between them is asked before each of them goes (tcp-path.ts). Nothing is reordered, and what gets lost on a line
// (line.ts) is sent again in its order, so there are no segments to put together: only what the other side may see of
// them is kept.
import { FileError, type FileErrorCode } from "../files/file-error.js";
import { ByteQueue } from "../pipes/byte-queue.js";
import type { OpenFile } from "../processes/open-file.js";
import { Flight, firstRetry, type Line, longestRetry, mostRetries } from "./line.js";
import type { SocketAddress, SocketInfo, TcpState } from "./sockets.js";
import { connectionKey, familyOf, type NetworkStack } from "./stack.js";
import type { TcpPath } from "./tcp-path.js";
import { type Ends, type Segment, segmentOf } from "./tcp-segment.js";

/** How much may wait to be read, in bytes. */
const receiveWindow = 131_072;

/** The lengths of the headers of a segment by family, in bytes: Ethernet, IP, and TCP with its time stamps. */
const headers = { 4: 66, 6: 86 } as const;

/** The most that a segment carries, in bytes. */
const segmentSize = 1_448;

/** How much is sent before the first acknowledgement comes, in bytes: ten segments. */
const firstBurst = 10 * segmentSize;

/** How long an end that nobody answers waits for its acknowledgement, in milliseconds. */
const delayedAcknowledgement = 40;

/** How long a socket that no process has waits for the end of the other side, in ms: `net.ipv4.tcp_fin_timeout`. */
const finTimeout = 60_000;

const nothing = new Uint8Array();

/** The way to nowhere. */
const lost: Line = { pass: () => undefined, isCut: true };

/** One end of a TCP connection. It is also an open file, which processes share. */
export class TcpSocket implements OpenFile {
  readonly terminal = undefined;
  state: TcpState = "SYN_SENT";
  peer: TcpSocket | undefined;
  path: TcpPath | undefined;
  /** The error that the next operation reports. */
  error: FileErrorCode | undefined;
  readonly #received = new ByteQueue();
  readonly #unsent = new ByteQueue();
  #finPending = false;
  /** Whether no process has the socket any more. */
  #orphaned = false;
  #holders = 0;
  /** How many numbers of the sequence it has used: one for the SYN, one for each byte, one for the FIN. */
  #sequence = 1;
  /** Whether the end of the other side waits for its acknowledgement. */
  #owesAcknowledgement = false;
  #retries = 0;
  /** What is under way to the other side, where the way takes time. */
  #flight: Flight | undefined;
  #stopRetrying: (() => void) | undefined;
  #over: (() => void)[] = [];
  readonly #key: string;

  constructor(
    readonly stack: NetworkStack,
    readonly local: SocketAddress,
    readonly remote: SocketAddress,
    public pid: number,
    /** 6 also for a connection over IPv4 that a listener on `::` has taken. */
    readonly family: 4 | 6 = familyOf(local.address),
  ) {
    this.#key = connectionKey(local, remote);
    stack.connections.set(this.#key, this);
  }

  // The open file.

  take(limit: number): Uint8Array | undefined {
    const data = this.#received.take(limit);
    if (data && data.length > 0) {
      if (this.room >= receiveWindow / 2) this.peer?.flush();
      return data;
    }
    // Who has heard the end of the other side reads that end, also when a reset came after it: it is for writers.
    if (this.error && this.error !== "EPIPE") this.#fail();
    return data;
  }

  readable(): Promise<void> {
    return this.error ? Promise.resolve() : this.#received.readable();
  }

  /** Sends bytes, which the caller does not change afterwards. @throws {FileError} EPIPE, ECONNRESET, ETIMEDOUT */
  write(data: Uint8Array): boolean {
    if (this.error) this.#fail();
    if (this.#finPending || (this.state !== "ESTABLISHED" && this.state !== "CLOSE_WAIT")) {
      throw new FileError("EPIPE");
    }
    if (data.length === 0) return true;
    const other = this.peer;
    if (
      other &&
      this.#unsent.length === 0 &&
      data.length <= other.room &&
      this.path?.isOpen &&
      !this.#isSlow
    ) {
      this.#transfer(other, data);
    } else {
      this.#unsent.write(data);
      this.flush();
    }
    return true;
  }

  writable(): Promise<void> | undefined {
    return this.#unsent.room();
  }

  hold(): void {
    this.#holders++;
  }

  drop(): void {
    this.#holders--;
    if (this.#holders <= 0) this.close();
  }

  // The connection.

  /** How much more the other side may send before this one has read, in bytes. */
  get room(): number {
    return receiveWindow - this.#received.length;
  }

  /** Sends what waits, as far as the other side takes it and the way is open. */
  flush(): void {
    const other = this.peer;
    if (!other) return;
    while (this.#unsent.length > 0) {
      if (!this.#isOpen) return;
      const isSlow = this.#isSlow;
      const room = isSlow ? Math.min(segmentSize, other.room - (this.#flight?.bytes ?? 0)) : other.room;
      if (room <= 0) return;
      const data = this.#unsent.take(room);
      if (data) this.#transfer(other, data);
      if (this.error) return;
    }
    if (this.#finPending) this.#sendFin(other);
  }

  /** Whether the way to the other side is open. If not, what waits is sent later, or the connection is over. */
  get #isOpen(): boolean {
    if (this.path?.isOpen) return true;
    if (this.path?.resets) {
      const other = this.peer;
      this.#receiveReset();
      if (other) other.#receiveReset();
    } else if (this.path?.leadsElsewhere) this.#receiveReset();
    else this.#retryLater();
    return false;
  }

  #transfer(other: TcpSocket, data: Uint8Array): void {
    this.#retries = 0;
    this.#segment("P.", data);
    this.#carry(data.length, () => {
      other.#arrive(data);
      if (this.#isSeen && other.state !== "CLOSE") other.#show(".", nothing);
      // What has arrived makes room for what waits.
      if (this.#flight && (this.#unsent.length > 0 || this.#finPending)) this.flush();
    });
  }

  /** What befalls what this side sends. */
  get #line(): Line | undefined {
    return this.path?.lineFrom(this);
  }

  /** Whether what is sent now does not arrive at once. */
  get #isSlow(): boolean {
    return this.#line !== undefined || this.#flight?.isBusy === true;
  }

  /** Lets a segment arrive: at once, or behind what is under way, as the line has it. */
  #carry(bytes: number, arrive: () => void): void {
    if (!this.#isSlow) {
      arrive();
      return;
    }
    this.#flight ??= new Flight(this.stack.time);
    const length = bytes + headers[familyOf(this.local.address)];
    // The way of that moment: it may have changed since.
    const line = (): Line | undefined => (this.path?.isOpen ? this.#line : lost);
    this.#flight.send(length, line, arrive, () => {
      if (this.state !== "CLOSE") this.fail("ETIMEDOUT");
    });
  }

  #arrive(data: Uint8Array): void {
    // Nobody will read it: Linux answers with a reset.
    const { peer } = this;
    if (this.state === "CLOSE" && peer) peer.#receiveReset();
    else if (this.#orphaned) this.reset("R");
    else this.#received.write(data);
  }

  /** Closes the sending direction once everything is sent. */
  end(): void {
    if (this.#finPending || (this.state !== "ESTABLISHED" && this.state !== "CLOSE_WAIT")) return;
    this.#finPending = true;
    this.state = this.state === "ESTABLISHED" ? "FIN_WAIT1" : "LAST_ACK";
    this.#unsent.end();
    this.flush();
  }

  #sendFin(other: TcpSocket): void {
    if (!this.#isOpen) return;
    this.#finPending = false;
    this.#segment("F.", nothing);
    if (this.state === "FIN_WAIT1") {
      this.state = "FIN_WAIT2";
      if (this.#orphaned) this.#waitForFin();
    } else {
      if (this.state === "CLOSING") this.#remember();
      this.#finish();
    }
    this.#carry(0, () => other.#receiveFin());
  }

  /** Gives up to wait for the end of the other side, where no process waits for it. */
  #waitForFin(): void {
    this.whenOver(this.stack.time.after(finTimeout, () => this.#finish()));
  }

  #remember(): void {
    this.stack.remember({ ...this.info(), state: "TIME_WAIT", pid: 0 });
  }

  #receiveFin(): void {
    this.#received.end();
    if (this.state === "ESTABLISHED") {
      this.state = "CLOSE_WAIT";
      if (this.#isSeen) this.#acknowledgeLater();
      return;
    }
    if (this.#isSeen) this.#show(".", nothing);
    if (this.state === "FIN_WAIT2") {
      this.#remember();
      this.#finish();
    } else if (this.state === "FIN_WAIT1") {
      this.state = "CLOSING";
    }
  }

  /** Acknowledges the end of the other side, unless something is sent meanwhile that does. */
  #acknowledgeLater(): void {
    this.#owesAcknowledgement = true;
    const cancel = this.stack.time.after(delayedAcknowledgement, () => {
      if (this.#owesAcknowledgement) this.#show(".", nothing);
    });
    this.whenOver(cancel);
  }

  /** Closes the socket: no process has it any more. */
  close(): void {
    if (this.#orphaned) return;
    this.#orphaned = true;
    this.pid = 0;
    if (this.state === "SYN_SENT") this.#finish();
    else if (this.#received.length > 0) this.reset();
    else if (this.state === "FIN_WAIT2") this.#waitForFin();
    else this.end();
  }

  /**
   * Ends the connection at once; the other side is told, where the way to it is open.
   *
   * @param flags `R` for the answer to what nobody will read
   */
  reset(flags: "R." | "R" = "R."): void {
    if (this.state === "CLOSE") return;
    const other = this.peer;
    const reaches = this.path?.isOpen;
    this.#segment(flags, nothing);
    this.#finish();
    if (other && reaches) this.#carry(0, () => other.#receiveReset());
  }

  #receiveReset(): void {
    if (this.state === "CLOSE") return;
    this.error = this.state === "CLOSE_WAIT" ? "EPIPE" : "ECONNRESET";
    this.#finish();
  }

  /** Ends the connection without a word to the other side. */
  vanish(): void {
    this.#orphaned = true;
    this.#finish();
  }

  /** Ends an attempt to connect, or a connection, with an error that the process sees next. */
  fail(code: FileErrorCode): void {
    this.error = code;
    this.#finish();
  }

  /** Calls back when the connection is over on this side. */
  whenOver(callback: () => void): void {
    if (this.state === "CLOSE") callback();
    else this.#over.push(callback);
  }

  #finish(): void {
    this.state = "CLOSE";
    this.#stopRetrying?.();
    this.#stopRetrying = undefined;
    this.stack.connections.delete(this.#key);
    this.#received.end();
    this.#unsent.end();
    this.#unsent.clear();
    for (const callback of this.#over.splice(0)) callback();
  }

  #fail(): never {
    const code = this.error as FileErrorCode;
    this.error = undefined;
    throw new FileError(code);
  }

  /** Sends what waits again later, and gives up as Linux does after about a quarter of an hour. */
  #retryLater(): void {
    if (this.#stopRetrying) return;
    const wait = Math.min(firstRetry * 2 ** this.#retries, longestRetry);
    this.#stopRetrying = this.stack.time.after(wait, () => {
      this.#stopRetrying = undefined;
      this.#retries++;
      if (this.#retries > mostRetries) this.fail(this.path?.problem ?? "ETIMEDOUT");
      else this.flush();
    });
  }

  /** Whether somebody captures on one of the two sides. */
  get #isSeen(): boolean {
    return this.stack.captures.size > 0 || (this.peer?.stack.captures.size ?? 0) > 0;
  }

  /** Counts a segment on both sides and shows it to those who capture. */
  #segment(flags: string, data: Uint8Array): void {
    const { path, peer } = this;
    if (!path || !peer) return;
    const bytes =
      data.length + headers[familyOf(this.local.address)] * Math.max(1, Math.ceil(data.length / segmentSize));
    const isClient = path.client === this;
    const { out, in: into } = path.passage;
    this.stack.count((isClient ? out : into).device, "out", bytes);
    if (path.isOpen) peer.stack.count((isClient ? into : out).device, "in", bytes);
    if (this.#isSeen) this.#show(flags, data);
    this.#sequence += data.length + (flags === "F." ? 1 : 0);
  }

  /** Shows a segment to those who capture. Much data is several segments to them. */
  #show(flags: string, data: Uint8Array): void {
    const { path, peer } = this;
    if (!path || !peer) return;
    this.#owesAcknowledgement = false;
    const isClient = path.client === this;
    const { out, in: into, routers } = path.passage;
    const [here, there] = isClient ? [out, into] : [into, out];
    let at = 0;
    do {
      const part = data.subarray(at, at + firstBurst);
      const isLast = at + part.length === data.length;
      const segment: Omit<Segment, "from" | "to"> = {
        hops: 0,
        isAnswering: !isClient,
        flags: flags === "P." && !isLast ? "." : flags,
        sequence: this.#sequence + at,
        acknowledged: peer.#sequence,
        room: this.room,
        data: part,
        time: this.stack.time.now(),
      };
      const [from, to] = [this.local, this.remote];
      if (this.stack.captures.size > 0) {
        this.stack.show(here, "out", segmentOf({ ...segment, from, to }, this.#ends));
      }
      if (peer.stack.captures.size > 0 && path.isOpen) {
        const seen = { ...segment, hops: routers.length, from: peer.remote, to: peer.local };
        peer.stack.show(there, "in", segmentOf(seen, this.#ends));
      }
      at += firstBurst;
    } while (at < data.length);
  }

  /** The keys of both ends, this one first, by which their numbers are chosen. */
  get #ends(): Ends {
    return { own: this.#key, other: this.peer ? this.peer.#key : "" };
  }

  /** Shows the segments of the handshake that have just gone. */
  greet(): void {
    const { peer } = this;
    if (!peer) return;
    this.#sequence = 0;
    peer.#sequence = 0;
    this.#segment("S", nothing);
    this.#sequence = 1;
    peer.#segment("S.", nothing);
    peer.#sequence = 1;
    this.#segment(".", nothing);
  }

  info(): SocketInfo {
    return {
      protocol: "tcp",
      family: this.family,
      local: this.local,
      remote: this.remote,
      state: this.state,
      unread: this.#received.length,
      unsent: this.#unsent.length,
      pid: this.pid,
    };
  }
}
