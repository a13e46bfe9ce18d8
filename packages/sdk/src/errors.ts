/**
 * The engine answered, and the answer is an error. `message` is the engine's own text, letter for
 * letter; `status` its HTTP status. Thrown as one of the subclasses below where there is one.
 */
export class EngineError extends Error {
  override readonly name: string = "EngineError";
  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** 400: the request does not make sense to the engine. */
export class InvalidParameterError extends EngineError {
  override readonly name = "InvalidParameterError";
  constructor(message: string, options?: ErrorOptions) {
    super(400, message, options);
  }
}

/** 401: the registry or engine wants credentials. */
export class UnauthorizedError extends EngineError {
  override readonly name = "UnauthorizedError";
  constructor(message: string, options?: ErrorOptions) {
    super(401, message, options);
  }
}

/** 403: understood, and not allowed: overlapping pools, addresses in use, predefined networks. */
export class ForbiddenError extends EngineError {
  override readonly name = "ForbiddenError";
  constructor(message: string, options?: ErrorOptions) {
    super(403, message, options);
  }
}

/** 404: no such network, container, image, plugin. */
export class NotFoundError extends EngineError {
  override readonly name = "NotFoundError";
  constructor(message: string, options?: ErrorOptions) {
    super(404, message, options);
  }
}

/** 409: the name is taken, or the container is in the wrong state. */
export class ConflictError extends EngineError {
  override readonly name = "ConflictError";
  constructor(message: string, options?: ErrorOptions) {
    super(409, message, options);
  }
}

/** 500: also what the engine says of many plain mistakes. */
export class ServerError extends EngineError {
  override readonly name = "ServerError";
  constructor(message: string, options?: ErrorOptions) {
    super(500, message, options);
  }
}

/** 501: the engine knows the request and does not do it. */
export class NotImplementedError extends EngineError {
  override readonly name = "NotImplementedError";
  constructor(message: string, options?: ErrorOptions) {
    super(501, message, options);
  }
}

/** 503: not now, e.g. a swarm route outside a swarm. */
export class UnavailableError extends EngineError {
  override readonly name = "UnavailableError";
  constructor(message: string, options?: ErrorOptions) {
    super(503, message, options);
  }
}

const byStatus: ReadonlyMap<number, new (message: string, options?: ErrorOptions) => EngineError> = new Map<
  number,
  new (
    message: string,
    options?: ErrorOptions,
  ) => EngineError
>([
  [400, InvalidParameterError],
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [404, NotFoundError],
  [409, ConflictError],
  [500, ServerError],
  [501, NotImplementedError],
  [503, UnavailableError],
]);

/** The error for a status and the engine's own message; a status without a class of its own is a plain {@link EngineError}. */
export function engineError(status: number, message: string, options?: ErrorOptions): EngineError {
  const Class = byStatus.get(status);
  return Class ? new Class(message, options) : new EngineError(status, message, options);
}

/** The engine could not be reached, or the connection broke. `cause` is what the transport said. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** The call's signal was a timeout, and it fired. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** The call's signal was aborted; `cause` is the signal's reason. */
export class AbortError extends Error {
  override readonly name = "AbortError";
}

/** This library was used in a way that cannot work; the message says what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The error of a call whose signal has fired. */
export function abortError(signal: AbortSignal): AbortError | TimeoutError {
  const cause: unknown = signal.reason;
  return cause instanceof Error && cause.name === "TimeoutError"
    ? new TimeoutError("the engine did not answer in time", { cause })
    : new AbortError("the call was aborted", { cause });
}
