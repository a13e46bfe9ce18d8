const text = new TextEncoder();

/** Values as JSON, a line each, as they come. */
export async function* lines(values: AsyncIterable<object>): AsyncIterable<Uint8Array> {
  for await (const value of values) yield text.encode(`${JSON.stringify(value)}\n`);
}
