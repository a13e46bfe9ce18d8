import { EngineError } from "@dryharbor/sdk";

/** Returns the engine's refusal of a call, status first, or `no error`. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof EngineError) return `${error.status} ${error.message}`;
    throw error;
  }
  return "no error";
}
