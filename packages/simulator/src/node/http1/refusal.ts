/**
 * An answer of Go's net/http to something that is no valid HTTP request. The engine never sees that request.
 */
export class Refusal {
  constructor(
    readonly status: number,
    /** The text that follows the status in the status line and in the body. */
    readonly detail = "",
    /** The whole body, if it is not status and detail. */
    readonly text?: string,
  ) {}
}

export const badRequest = new Refusal(400);
export const headTooLarge = new Refusal(431);
