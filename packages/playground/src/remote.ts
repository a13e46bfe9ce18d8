// Calls across the border between page and worker, typed by `protocol.ts`.

// biome-ignore lint/suspicious/noExplicitAny: the arguments of any function
type Functions = { readonly [name: string]: (...args: any[]) => unknown };

/** The functions of the other side: each call is a message, and resolves to the answer. */
export type Remote<F> = {
  readonly [N in keyof F]: F[N] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

/** A way to tell something without an answer. */
export type Tell<F> = <N extends keyof F & string>(
  name: N,
  ...args: F[N] extends (...args: infer A) => unknown ? A : never
) => void;

/** How this side carries out what the other one calls. */
export type Served<F> = {
  readonly [N in keyof F]: F[N] extends (...args: infer A) => infer R
    ? (...args: A) => R | Promise<R>
    : never;
};

type Message =
  | { readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly tell: string; readonly args: readonly unknown[] }
  | { readonly answer: number; readonly value?: unknown; readonly error?: string };

/** A worker as its page sees it, or the worker's own global. */
interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
}

/**
 * Connects a side with the other one.
 * @param served what the other side calls
 * @param told what the other side tells
 */
export function connect<Theirs, TheirNotices>(
  port: unknown,
  served: object,
  told: object,
): { readonly call: Remote<Theirs>; readonly tell: Tell<TheirNotices> } {
  const { postMessage } = port as Port;
  const send = (message: Message): void => postMessage.call(port, message);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let calls = 0;

  (port as Port).onmessage = async ({ data }) => {
    const message = data as Message;
    if ("tell" in message) {
      (told as Functions)[message.tell]?.(...message.args);
    } else if ("answer" in message) {
      const waiter = waiting.get(message.answer);
      waiting.delete(message.answer);
      if (message.error === undefined) waiter?.resolve(message.value);
      else waiter?.reject(new Error(message.error));
    } else {
      try {
        send({ answer: message.call, value: await (served as Functions)[message.name]?.(...message.args) });
      } catch (error) {
        send({ answer: message.call, error: error instanceof Error ? error.message : String(error) });
      }
    }
  };

  const call = new Proxy({} as Remote<Theirs>, {
    get: (_, name) =>
      typeof name === "symbol" || name === "then"
        ? undefined
        : (...args: unknown[]) =>
            new Promise((resolve, reject) => {
              const id = calls++;
              waiting.set(id, { resolve, reject });
              send({ call: id, name, args });
            }),
  });
  return { call, tell: (name, ...args) => send({ tell: name, args }) };
}
