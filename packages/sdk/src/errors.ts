/**
 * The error of a call to which the engine answered with an error. `message` is the engine's text, unchanged,
 * and `status` is its HTTP status. Statuses with a subclass below are thrown as that class.
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

/** A command of a build, which `RUN` names, has ended with another code than 0. */
export class BuildCommandError extends EngineError {
  override readonly name = "BuildCommandError";
  constructor(
    message: string,
    /** The code with which it has ended. */
    readonly exitCode: number,
    options?: ErrorOptions,
  ) {
    super(500, message, options);
  }
}

/** HTTP status 400: the request is invalid. */
export class InvalidParameterError extends EngineError {
  override readonly name = "InvalidParameterError";
  constructor(message: string, options?: ErrorOptions) {
    super(400, message, options);
  }
}

/** HTTP status 401: the registry or the engine asks for credentials. */
export class UnauthorizedError extends EngineError {
  override readonly name = "UnauthorizedError";
  constructor(message: string, options?: ErrorOptions) {
    super(401, message, options);
  }
}

/**
 * HTTP status 403: the request is not allowed, for example an overlapping pool, a used address or a
 * predefined network.
 */
export class ForbiddenError extends EngineError {
  override readonly name = "ForbiddenError";
  constructor(message: string, options?: ErrorOptions) {
    super(403, message, options);
  }
}

/** HTTP status 404: there is no such network, container, image or plugin. */
export class NotFoundError extends EngineError {
  override readonly name = "NotFoundError";
  constructor(message: string, options?: ErrorOptions) {
    super(404, message, options);
  }
}

/** HTTP status 409: the name is taken, or the container is in the wrong state. */
export class ConflictError extends EngineError {
  override readonly name = "ConflictError";
  constructor(message: string, options?: ErrorOptions) {
    super(409, message, options);
  }
}

/**
 * HTTP status 500: the engine failed. It also answers many ordinary mistakes of a caller with this status.
 */
export class ServerError extends EngineError {
  override readonly name = "ServerError";
  constructor(message: string, options?: ErrorOptions) {
    super(500, message, options);
  }
}

/** HTTP status 501: the engine knows the request and does not implement it. */
export class NotImplementedError extends EngineError {
  override readonly name = "NotImplementedError";
  constructor(message: string, options?: ErrorOptions) {
    super(501, message, options);
  }
}

/** HTTP status 503: the call is not available now, for example a swarm call outside of a swarm. */
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

/**
 * Makes the error for a status and the engine's message. A status without a subclass makes an {@link
 * EngineError}.
 */
export function engineError(status: number, message: string, options?: ErrorOptions): EngineError {
  const Class = byStatus.get(status);
  return Class ? new Class(message, options) : new EngineError(status, message, options);
}

/**
 * Thrown when the engine cannot be reached, or when the connection breaks. `cause` is the error of the
 * transport.
 */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** Thrown when the signal of a call is a timeout (`AbortSignal.timeout`) and the time is over. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** Thrown when the signal of a call is aborted. `cause` is the signal's reason. */
export class AbortError extends Error {
  override readonly name = "AbortError";
}

/** Thrown when this library is used in a way that cannot work. The message says what to do instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Makes the error of a call whose signal is aborted. */
export function abortError(signal: AbortSignal): AbortError | TimeoutError {
  const cause: unknown = signal.reason;
  return cause instanceof Error && cause.name === "TimeoutError"
    ? new TimeoutError("the engine did not answer in time", { cause })
    : new AbortError("the call was aborted", { cause });
}
