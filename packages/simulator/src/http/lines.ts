const text = new TextEncoder();

/** A value as JSON on a line of its own. */
export function line(value: object): Uint8Array {
  return text.encode(`${JSON.stringify(value)}\n`);
}

/** Values as JSON, a line each, as they come. */
export async function* lines(values: AsyncIterable<object>): AsyncIterable<Uint8Array> {
  for await (const value of values) yield line(value);
}
