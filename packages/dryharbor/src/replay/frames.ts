/**
 * The output in a stream with frames, which attach, logs and exec have without a terminal: all of standard output, then all of
 * standard error, since engines cut and mix the two by chance. `undefined` for other bytes.
 */
export function unframed(bytes: Buffer): string | undefined {
  const outputs = [Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(0)];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const stream = bytes[at]!;
    if (stream > 2 || bytes.readUIntBE(at + 1, 3) !== 0) return undefined;
    const end = at + 8 + bytes.readUInt32BE(at + 4);
    outputs[stream] = Buffer.concat([outputs[stream]!, bytes.subarray(at + 8, end)]);
    at = end;
  }
  return at === 0 || at !== bytes.length ? undefined : Buffer.concat(outputs).toString();
}
