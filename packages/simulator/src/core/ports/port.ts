/** A container's port, e.g. `80/tcp`, in its two parts. */
export interface TransportPort {
  readonly number: number;
  readonly protocol: string;
}

/**
 * Parses a port. Without a protocol it is TCP. Text that is no number gives port 0, as in Docker's parser.
 */
export function parsePort(text: string): TransportPort {
  const [number = "", protocol = "tcp"] = text.split("/");
  return {
    number: /^\d+$/.test(number) ? Number(number) : 0,
    protocol: (protocol || "tcp").toLowerCase(),
  };
}

export function formatPort({ number, protocol }: TransportPort): string {
  return `${number}/${protocol}`;
}

/**
 * Parses a host port: `8080` or a range `8080-8090`. Empty text and `0` give 0 to 0, which lets the engine
 * choose. Returns `undefined` when the text is no port.
 */
export function parseHostPort(text: string): { first: number; last: number } | undefined {
  const [range = "", ...protocol] = text.split("/");
  if (protocol.length > 1) return undefined;
  if (range === "") return { first: 0, last: 0 };
  const match = /^(\d+)(?:-(\d+))?$/.exec(range);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return last < first || last > 65535 ? undefined : { first, last };
}
