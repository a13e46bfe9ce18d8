/** A container's port: `80/tcp` taken apart. */
export interface TransportPort {
  readonly number: number;
  readonly protocol: string;
}

/** A port without a protocol is TCP. What is no number is port 0, as Docker's parser has it. */
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

/** A host port as asked for: `8080`, `8080-8090`, and `` or `0` for one of the engine's choice (0 to 0). `undefined`: no such port. */
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
