/** What Go's net/http answers where something is no HTTP request, before the engine sees it. */
export class Refusal {
  constructor(
    readonly status: number,
    /** What the status line and the text say after the status. */
    readonly detail = "",
    /** The whole text, where it is not status and detail. */
    readonly text?: string,
  ) {}
}

export const badRequest = new Refusal(400);
export const headTooLarge = new Refusal(431);
