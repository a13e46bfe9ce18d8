import { type EngineError, engineError, type ProgressOptions } from "@dryharbor/sdk/port";
import { asJson, type Session } from "./session.js";

/** What the engine told while it worked, and why it gave up. */
export interface Told<Step> {
  readonly steps: readonly Step[];
  readonly failure?: EngineError;
}

/**
 * Tells a caller how work went that was done. What it failed for after it had begun has no status of its own, so it is
 * the engine's fault.
 */
export function tell<Step>({ steps, failure }: Told<Step>, options: ProgressOptions<Step> | undefined): void {
  for (const step of steps) options?.onProgress?.(asJson(step));
  if (failure) throw engineError(500, failure.message);
}

/** A call that is done at once, and tells how it went. */
export async function tellOf<Step>(
  session: Session,
  options: ProgressOptions<Step> | undefined,
  work: () => Told<Step>,
): Promise<void> {
  session.admit(options);
  if (session.loading) await session.programsLoaded(options);
  const told = work();
  // A caller hears of it when it has its promise.
  await undefined;
  tell(told, options);
}
