import { EngineError } from "@dryharbor/sdk";

/** What the engine says against a call, status first; `no error` where it takes it. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof EngineError) return `${error.status} ${error.message}`;
    throw error;
  }
  return "no error";
}
