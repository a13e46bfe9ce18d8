import { EngineError } from "@dryharbor/sdk/port";

/** The outcome of a command: the engine's answer or its refusal. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly status: number; readonly message: string }
  /** No answer of the engine: a broken connection, wrong use of the port, or a bug. */
  | { readonly broken: string };

/** Waits for a call's answer or refusal. Never rejects. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: (await call) ?? null };
  } catch (error) {
    if (error instanceof EngineError) return { status: error.status, message: error.message };
    return { broken: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
