import { EngineError } from "@dryharbor/sdk/port";

/** What became of a command: the answer, or the engine's refusal. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly status: number; readonly message: string }
  /** Something other than an answer of the engine: a broken connection, misuse of the port, a bug. */
  | { readonly broken: string };

/** Waits for a call's answer or refusal, and never rejects. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: (await call) ?? null };
  } catch (error) {
    if (error instanceof EngineError) return { status: error.status, message: error.message };
    return { broken: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
