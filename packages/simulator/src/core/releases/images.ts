import { since26, since28 } from "./row.js";

/** What differs between releases in images. Each row says where it was seen. */
export const imagesRows = {
  /** A repository with upper-case letters. Seen: inspect of `Busybox`. */
  uppercaseRepository: since26(
    (_name: string) => "invalid reference format: repository name must be lowercase",
    (name: string) => `invalid reference format: repository name (${name}) must be lowercase`,
  ),

  /** `Foo/bar` is repository `bar` of a registry `Foo`. Seen: inspect, 400 before. */
  uppercaseIsDomain: since26(false, true),

  /** `[::1]:5000/foo` is a reference. Seen: inspect, 400 before. */
  ipv6Domains: since26(false, true),

  /** The 255 characters that a repository's name may have include its domain. Seen: inspect of long names. */
  nameLengthCountsDomain: since26(true, false),

  /** A registry at `[::1]:5000` needs no TLS, as one at 127.0.0.1. Seen: pulls from both. */
  ipv6LoopbackIsInsecure: since28(false, true),

  /** Why an inspect fails. Seen: inspect of `nope` and `Nope`; other routes have the plain text on all three. */
  inspectError: since26(
    (ref: string, message: string) => `no such image: ${ref}: ${message}`,
    (_ref: string, message: string) => message,
  ),

  /** A tag's source is looked for before its target is read, and a bad target is the server's fault. Seen: both wrong. */
  tagReadsSourceFirst: since26(true, false),

  /** `GET /images/json` takes `until`. Seen: 400 before. */
  listTakesUntil: since26(false, true),

  /**
   * What the values of the list's `dangling` filter mean together; `undefined` for a refusal.
   * Seen: `1`, `["true","false"]`, `[]`.
   */
  dangling: since26(
    (values: readonly string[]): boolean | undefined => {
      if (values.length === 0 || values.includes("true")) return true;
      return values.includes("false") ? false : undefined;
    },
    (values: readonly string[]): boolean | undefined => {
      const dangles = values.includes("true") || values.includes("1");
      const hasName = values.includes("false") || values.includes("0");
      return dangles === hasName ? undefined : dangles;
    },
  ),

  /** Inspect has `Container`, though it is empty. Seen on 20.10; later omitted. */
  showsEmptyContainer: since26(true, false),

  /** Inspect shows the configuration last, as a map: keys sorted, empty lists as `null`. Seen on 28.5. */
  showsConfigAsMap: since28(false, true),
};
