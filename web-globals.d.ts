// Globals beyond ES2023 that Node, browsers and workers all have. Code under tsconfig.portable.json sees
// only these, so the compiler refuses what only one of them has.

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare var AbortSignal: {
  abort(reason?: unknown): AbortSignal;
  any(signals: AbortSignal[]): AbortSignal;
  timeout(milliseconds: number): AbortSignal;
};
interface AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}
declare var AbortController: { new (): AbortController };

// A number in a browser and an object in Node. Its only use is to be passed to clearTimeout.
interface TimerHandle {
  readonly opaque: unique symbol;
}
declare function setTimeout(callback: () => void, milliseconds?: number): TimerHandle;
declare function clearTimeout(handle: TimerHandle | undefined): void;
declare var performance: { now(): number };
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;

interface CompressionStream {
  readonly readable: {
    getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> };
  };
  readonly writable: {
    getWriter(): { write(data: Uint8Array): Promise<void>; close(): Promise<void> };
  };
}
declare var CompressionStream: { new (format: "gzip"): CompressionStream };
declare var DecompressionStream: { new (format: "gzip"): CompressionStream };

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare var TextEncoder: { new (): TextEncoder };
interface TextDecoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
declare var TextDecoder: {
  new (encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

interface ReadableStreamDefaultReader<T> {
  read(): Promise<{ readonly done: boolean; readonly value?: T | undefined }>;
  cancel(reason?: unknown): Promise<void>;
}
interface ReadableStreamDefaultController<T> {
  readonly desiredSize: number | null;
  enqueue(piece: T): void;
  error(reason?: unknown): void;
  close(): void;
}
interface ReadableStream<T> {
  cancel(reason?: unknown): Promise<void>;
  getReader(): ReadableStreamDefaultReader<T>;
}
declare var ReadableStream: {
  new <T>(
    source: {
      start?(controller: ReadableStreamDefaultController<T>): void;
      pull?(controller: ReadableStreamDefaultController<T>): void | Promise<void>;
      cancel?(reason?: unknown): void | Promise<void>;
    },
    strategy?: { highWaterMark?: number; size?(piece: T): number },
  ): ReadableStream<T>;
};

interface WritableStreamDefaultWriter<T> {
  write(piece: T): Promise<void>;
  close(): Promise<void>;
}
interface WritableStream<T> {
  getWriter(): WritableStreamDefaultWriter<T>;
}
declare var WritableStream: {
  new <T>(sink: {
    write?(piece: T): void | Promise<void>;
    close?(): void | Promise<void>;
    abort?(reason?: unknown): void | Promise<void>;
  }): WritableStream<T>;
};

declare function atob(base64: string): string;
declare function btoa(bytes: string): string;

interface Headers {
  get(name: string): string | null;
  has(name: string): boolean;
  append(name: string, value: string): void;
  set(name: string, value: string): void;
  forEach(callback: (value: string, name: string) => void): void;
}
declare var Headers: { new (headers?: Headers | Record<string, string> | [string, string][]): Headers };

interface URLSearchParams {
  get(name: string): string | null;
}

interface URL {
  readonly href: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly searchParams: URLSearchParams;
}
declare var URL: {
  new (url: string, base?: string | URL): URL;
  canParse(url: string, base?: string): boolean;
};

interface RequestInit {
  method?: string;
  headers?: Headers | Record<string, string> | [string, string][];
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
  signal?: AbortSignal | null;
  redirect?: "follow" | "error" | "manual";
  duplex?: "half";
}
interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly bodyUsed: boolean;
  readonly redirect: "follow" | "error" | "manual";
  readonly signal: AbortSignal;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
declare var Request: { new (input: string | URL | Request, init?: RequestInit): Request };
interface Response {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
}
declare var Response: {
  new (
    body: string | Uint8Array | ReadableStream<Uint8Array> | null,
    init?: { status?: number; statusText?: string; headers?: Headers | Record<string, string> },
  ): Response;
};

/** Encodes a text, in which each character is one byte, in Base64. */
declare function btoa(data: string): string;
/** Decodes the Base64 of {@link btoa}. */
declare function atob(data: string): string;
