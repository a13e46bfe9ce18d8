/** Prints an answer; every line of the output is compared. */
export function show(label: string, value: unknown): void {
  console.log(`${label}: ${JSON.stringify(value, null, 1)}`);
}

/** Prints what a call answers or how it fails. */
export async function attempt(label: string, call: () => Promise<unknown>): Promise<void> {
  try {
    show(label, await call());
  } catch (error) {
    const { statusCode, message } = error as Error & { statusCode?: number };
    show(label, { statusCode, message });
  }
}
