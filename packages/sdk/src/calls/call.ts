// What a declaration of a call of the Engine API is made of. The declarations stand in the files beside this one.
import type { ByteSource } from "../bytes.js";
import type { CallOptions } from "../call.js";
import type { OutputChunk, ProcessStream } from "../output.js";

/** Methods of HTTP that the Engine API knows. */
export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "DELETE";

/** Where an argument goes in the request. */
export type Place =
  /** In the path, in place of `{name}`. */
  | { readonly at: "path"; readonly name: string }
  /** In the query. A list becomes several values of one name, an object JSON. */
  | {
      readonly at: "query";
      /** A list becomes one value, which is JSON. */
      readonly json?: true;
      /** Default: the option's own name. */
      readonly name?: string;
      /** The API version that knows it first. Older engines ignore it. */
      readonly since?: string;
      /** What is sent where it is not given. */
      readonly otherwise?: string | number | boolean;
      /** Another parameter, which is not sent where this is true. It is not sent itself. */
      readonly instead?: string;
      /** One argument that becomes several parameters. */
      readonly split?: (value: string) => Readonly<Record<string, string>>;
    }
  /** In a header, as JSON in base64. */
  | { readonly at: "header"; readonly name: string; readonly otherwise?: object }
  /** The body, as JSON. */
  | { readonly at: "body" }
  /** The body, as bytes. */
  | { readonly at: "upload" }
  /** Nowhere: the driver uses it itself. */
  | { readonly at: "driver" };

/** Reads what an answer says in its headers. `header` gives an empty text for one that is not there. */
export type HeaderReader<Result> = (header: (name: string) => string) => Result;

/** Which kind of answer a call has, and its status where it went well. */
export type Answer =
  /** Nothing but the status. */
  | { readonly kind: "nothing"; readonly statuses: readonly number[] }
  /** Nothing but the status: 304 for what was so already, which the method tells as `false`. */
  | { readonly kind: "changed"; readonly statuses: readonly number[] }
  | { readonly kind: "json"; readonly statuses: readonly number[] }
  /** What counts stands in the headers. */
  | { readonly kind: "headers"; readonly statuses: readonly number[]; readonly read: HeaderReader<object> }
  /** A tar archive. */
  | { readonly kind: "bytes"; readonly statuses: readonly number[] }
  /** A tar archive, and headers that say what is in it. */
  | { readonly kind: "archive"; readonly statuses: readonly number[]; readonly read: HeaderReader<object> }
  /** JSON values, a line each, for as long as somebody reads. */
  | { readonly kind: "lines"; readonly statuses: readonly number[] }
  /** JSON values, a line each, until the work is done. The last one may be an error. */
  | { readonly kind: "progress"; readonly statuses: readonly number[] }
  /** Output of a process: in frames, or as it is where there is a terminal. */
  | { readonly kind: "output"; readonly statuses: readonly number[] }
  /** The connection itself, both ways: the engine has taken it over (hijacked it). */
  | { readonly kind: "connection"; readonly statuses: readonly number[] };

type Kind = Answer["kind"];

/** A call as the driver sees it, whichever it is. */
export interface AnyCall {
  /** Method and path of the Engine API, without the version. */
  readonly route: `${HttpMethod} /${string}`;
  /** Where the method's own arguments go, in order. The options come after them. */
  readonly arguments?: readonly Place[];
  /** Where its options go, by name. */
  readonly options?: Readonly<Record<string, Place>>;
  /** Parameters of the query that always have this value. */
  readonly always?: Readonly<Record<string, string>>;
  readonly answer: Answer;
  /** Statuses of refusals, as moby's handlers give them. */
  readonly errors: readonly number[];
  /** The API version that has it first. */
  readonly since?: string;
}

/** A group of calls, e.g. those of containers. */
export type AnyCalls = Readonly<Record<string, AnyCall>>;

/**
 * The declarations that a group of the port's methods needs: one for each, and none without one. Places are held
 * against the types of arguments and options, and the kind of the answer against the type of the result.
 */
export type CallsOf<Group> = { readonly [Name in keyof Group]-?: CallOf<Group[Name]> };

type CallOf<Method> = Method extends (...parameters: infer Parameters) => infer Result
  ? Omit<AnyCall, "arguments" | "options" | "answer"> &
      ArgumentsOf<Parameters> & { readonly answer: Extract<Answer, { kind: KindOf<Result> }> }
  : never;

type ArgumentsOf<Parameters extends unknown[]> =
  Required<Parameters> extends [...infer Own, infer Options]
    ? (Own extends []
        ? { readonly arguments?: never }
        : { readonly arguments: { readonly [Index in keyof Own]: PlaceOf<Own[Index]> } }) &
        ([OptionNames<Options>] extends [never]
          ? { readonly options?: never }
          : {
              readonly options: { readonly [Name in OptionNames<Options>]: PlaceOf<OptionOf<Options, Name>> };
            })
    : never;

type OptionNames<Options> = Exclude<keyof NonNullable<Options>, keyof CallOptions>;
type OptionOf<Options, Name> = Name extends keyof NonNullable<Options>
  ? NonNullable<NonNullable<Options>[Name]>
  : never;

type At<Where extends Place["at"]> = Extract<Place, { at: Where }>;

/** Where a value of a type can go. */
type PlaceOf<Value> = Value extends (...parameters: never[]) => unknown
  ? At<"driver">
  : Value extends ByteSource
    ? At<"upload">
    : Value extends string
      ? At<"path" | "query">
      : Value extends number | boolean | readonly unknown[]
        ? At<"query">
        : At<"query" | "header" | "body">;

/** Which kinds of answers can become a result. */
type KindOf<Result> =
  Result extends Promise<infer Value>
    ? [undefined] extends [Value]
      ? "nothing" | "progress"
      : [Value] extends [boolean]
        ? "changed"
        : Value extends ProcessStream
          ? "connection"
          : Value extends ReadableStream<Uint8Array>
            ? "bytes"
            : Value extends AsyncIterable<OutputChunk>
              ? "output"
              : Value extends AsyncIterable<unknown>
                ? "lines"
                : Value extends { archive: ReadableStream<Uint8Array> }
                  ? "archive"
                  : "json" | "headers"
    : Result extends AsyncIterable<unknown>
      ? "lines"
      : never;

export const path = (name: string) => ({ at: "path", name }) as const;
export const query = { at: "query" } as const;
export const body = { at: "body" } as const;
export const upload = { at: "upload" } as const;
export const byDriver = { at: "driver" } as const;
export const header = (name: string, otherwise?: object) =>
  ({ at: "header", name, ...(otherwise && { otherwise }) }) as const;

/** A parameter of the query that has a name of its own, or that the API has had since a version, or a default here. */
export const queryOf = <Details extends Omit<At<"query">, "at">>(details: Details) =>
  ({ at: "query", ...details }) as const;

const answer =
  <const Name extends Kind>(kind: Name, ...usual: number[]) =>
  (...statuses: number[]) =>
    ({ kind, statuses: statuses.length > 0 ? statuses : usual }) as const;

export const json = answer("json", 200);
export const nothing = answer("nothing", 204);
export const changed = answer("changed", 204, 304);
export const bytes = answer("bytes", 200);
export const lines = answer("lines", 200);
export const progress = answer("progress", 200);
export const output = answer("output", 200);
/** 101 where the client asks for an upgrade, 200 where it does not. */
export const connection = answer("connection", 101, 200);

export const headers = <Result extends object>(read: HeaderReader<Result>) =>
  ({ kind: "headers", statuses: [200], read }) as const;
export const archive = <Result extends object>(read: HeaderReader<Result>) =>
  ({ kind: "archive", statuses: [200], read }) as const;
