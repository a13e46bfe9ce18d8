const lineFeed = 10;
const carriageReturn = 13;

/** What a terminal makes of output: its lines end in CR LF. */
export function withCarriageReturns(data: Uint8Array): Uint8Array {
  const bytes: number[] = [];
  for (const byte of data) {
    if (byte === lineFeed) bytes.push(carriageReturn);
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}
