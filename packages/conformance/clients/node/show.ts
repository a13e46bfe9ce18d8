/** Prints an answer. Every line of the output is compared. */
export function show(label: string, value: unknown): void {
  console.log(`${label}: ${JSON.stringify(value, null, 1)}`);
}

/** Prints what a call answers, or how it fails. */
export async function attempt(label: string, call: () => Promise<unknown>): Promise<void> {
  try {
    show(label, await call());
  } catch (error) {
    const { statusCode, message } = error as Error & { statusCode?: number };
    show(label, { statusCode, message });
  }
}

/**
 * Keeps Node running until the returned function is called, as a test runner does. testcontainers does not
 * let its streams of logs keep the process alive, so a program that waits for nothing else would end too
 * early.
 */
export function stayAwake(): () => void {
  const alarm = setTimeout(() => {
    console.log("still waiting for something");
    process.exit(1);
  }, 120_000);
  return () => clearTimeout(alarm);
}
