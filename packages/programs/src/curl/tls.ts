// The beginning of TLS. Nothing here speaks it, so curl says hello and then fails, as it does with a server that speaks
// plain HTTP.
import { FileError } from "@dryharbor/kernel";
import { fromBytes } from "../busybox/byte-text.js";
import { CurlError } from "./curl-error.js";
import type { Link } from "./link.js";
import type { Patience } from "./patience.js";
import type { Session } from "./session.js";
import type { Settings } from "./settings.js";
import type { CurlUrl } from "./url.js";

/** Begins a handshake. It always fails. @throws {CurlError} */
export async function shakeHands(
  { build, output, process }: Session,
  { connection }: Link,
  url: CurlUrl,
  patience: Patience,
  { insecure }: Settings,
): Promise<never> {
  const hello = clientHello(url.host, build.since("8.14") ? 1560 : 512, process.now());
  output.info(build.since("8.1") ? "ALPN: curl offers h2,http/1.1" : "ALPN: offers h2,http/1.1");
  output.data("out", fromBytes(hello.subarray(0, 5)));
  output.info("TLSv1.3 (OUT), TLS handshake, Client hello (1):");
  output.data("out", fromBytes(hello.subarray(5)));
  if (!insecure) {
    output.info(" CAfile: /etc/ssl/certs/ca-certificates.crt");
    output.info(" CApath: /etc/ssl/certs");
  }
  let answer: Uint8Array | undefined;
  try {
    await connection.write(hello);
    answer = await patience.reading((within) => connection.read(5, { within }));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    // The older releases see only at the next read that nobody is there.
    const isGone = error.code === "EPIPE" && build.since("8.10");
    throw failed(isGone ? `Send failure: ${error.message}` : "Recv failure: Connection reset by peer");
  }
  if (!answer) {
    const where = `in connection to ${url.host}:${connection.remote.port}`;
    throw failed(
      build.since("8.10")
        ? "TLS connect error: error:00000000:lib(0)::reason(0)"
        : `OpenSSL SSL_connect: SSL_ERROR_SYSCALL ${where} `,
    );
  }
  if (answer[0] !== handshake && answer[0] !== alert) {
    const reason = "error:0A00010B:SSL routines::wrong version number";
    throw failed(build.since("8.10") ? `TLS connect error: ${reason}` : `${build.tls}: ${reason}`);
  }
  throw failed("TLS is not simulated");
}

/** The types of TLS records. */
const alert = 0x15;
const handshake = 0x16;

function failed(text: string): CurlError {
  return new CurlError(35, text);
}

/** Writes the first message of a client. @param length that of curl's, which is longer with OpenSSL 3.5 */
function clientHello(host: string, length: number, seed: bigint): Uint8Array {
  const hello = new Uint8Array(length + 5);
  const view = new DataView(hello.buffer);
  hello.set([
    handshake,
    3,
    1,
    length >> 8,
    length & 0xff,
    1,
    0,
    (length - 4) >> 8,
    (length - 4) & 0xff,
    3,
    3,
  ]);
  for (let at = 11; at < 43; at += 8)
    view.setBigUint64(at, (seed * BigInt(at) * 0x9e37_79b9_7f4a_7c15n) & (2n ** 64n - 1n));
  // No session, the three suites of TLS 1.3, no compression.
  hello.set([0, 0, 6, 0x13, 0x02, 0x13, 0x03, 0x13, 0x01, 1, 0], 43);
  const name = new TextEncoder().encode(host.slice(0, 255));
  const extensions = 54;
  view.setUint16(extensions, length + 5 - extensions - 2);
  let at = extensions + 2;
  const put = (type: number, content: readonly number[] | Uint8Array): void => {
    view.setUint16(at, type);
    view.setUint16(at + 2, content.length);
    hello.set(content, at + 4);
    at += 4 + content.length;
  };
  const two = (number: number): readonly number[] => [number >> 8, number & 0xff];
  put(0, [...two(name.length + 3), 0, ...two(name.length), ...name]);
  put(43, [2, 3, 4]);
  // The rest is padding.
  put(21, new Uint8Array(Math.max(0, hello.length - at - 4)));
  return hello;
}
