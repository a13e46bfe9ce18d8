import { row, since26, since28 } from "./row.js";

const changeCommands = [
  "CMD",
  "ENTRYPOINT",
  "HEALTHCHECK",
  "ENV",
  "EXPOSE",
  "LABEL",
  "ONBUILD",
  "USER",
  "VOLUME",
  "WORKDIR",
];

function flagName(flag: string): string {
  return flag.slice(2).split("=", 1)[0] as string;
}

interface SearchRules {
  readonly limitIsNoNumber: (problem: string) => { readonly status: number; readonly message: string };
  readonly limitOutOfRange: (limit: number) => string;
  readonly zeroIsDefault: boolean;
  readonly badStars: (value: string, problem: string) => string;
  readonly badEndpointStatus: number;
  readonly scheme: (term: string) => string;
  readonly schemeStatus: number;
  readonly automatedFindsNothing: boolean;
}

/** What the parts of a platform must match. */
interface PlatformParts {
  readonly part: string;
  /** The first of them, the operating system, which may have a version in parentheses; `undefined`: as the others. */
  readonly system: string | undefined;
}

/** What differs between releases in images. Each row says where it was seen. */
export const imagesRows = {
  /** What may stand in `changes` of an import or a commit. Seen: STOPSIGNAL, 400 on 20.10. */
  changeCommands: since26<readonly string[]>(changeCommands, [...changeCommands, "STOPSIGNAL"]),

  /** How a refused change is named. Seen: `NONSENSE x`. */
  namesChange: since26(
    (name: string) => name.toLowerCase(),
    (name: string) => name,
  ),

  /** A flag that an instruction does not have. Seen: `CMD --x=1 a`. */
  unknownFlag: row(
    (flag: string) => `Unknown flag: ${flagName(flag)}`,
    (flag: string) => `unknown flag: ${flagName(flag)}`,
    (flag: string) => `unknown flag: --${flagName(flag)}`,
  ),

  /** A list in `changes` may have something behind it. Seen: `CMD ["a"] b`. */
  readsJsonPrefix: since28(true, false),

  /** Health checks have `--start-interval`. */
  knowsStartInterval: since26(false, true),

  /**
   * Inspect has `<`, `>` and `&` escaped, as Go's encoder does it by itself: streams (events, progress) have them so in all
   * releases, and no other answer has. Seen: inspect, lists and events of everything with labels, commands and comments.
   */
  inspectEscapesHtml: since28(false, true),

  /** The status of a commit whose container's image is gone. Seen: commit after a removal by force. */
  goneParentStatus: since26(500, 404),

  /** A commit tells of an image that was made. Seen: events. */
  commitCreatesImage: since28(false, true),

  /** An import can be for another platform than the host. Seen: `linux/arm64`. */
  importsForPlatform: since26(false, true),

  /** Platform and changes of an import are looked at before its archive is fetched. Seen: `platform=windows` and `changes=NOPE` without a source. */
  checksImportFirst: since26(true, false),

  /** A committed image has host name and streams of its container, too, unless it is given a configuration. Seen: inspect. */
  commitKeepsContainer: since28(true, false),

  /** An archive of images has the layout of OCI beside Docker's own. Seen: save. */
  savesOci: since26(false, true),

  /** `VirtualSize` is shown of an image with nothing in it, too. Seen: inspect of an import of nothing through 1.24. */
  showsNoVirtualSize: since26(true, false),

  /** An entry of a history names its author before its command. Seen: ids of what Docker 1.9 had saved. */
  authorBeforeCommand: since26(true, false),

  /** What an image is to be called is read before its container is looked for. Seen: commit of nothing to `m1@x`. */
  commitReadsNameFirst: since26(false, true),

  /** The status for a commit to what can be no name. Seen: `BAD NAME`. */
  badCommitNameStatus: since26(500, 400),

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

  /** What each part of a platform must match. Seen: pulls for `/`, `linux/`. */
  platformParts: row<PlatformParts>(
    { part: "^[A-Za-z0-9_-]+$", system: undefined },
    { part: "^[A-Za-z0-9_-]+$", system: "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$" },
    {
      part: "^[A-Za-z0-9_.-]+$",
      system: "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$",
    },
  ),

  /** `linux/amd64/v3` is served by `linux/amd64`. Seen: pulls. */
  newerProcessorRunsOlder: since26(false, true),

  /** The host as it calls itself where an image is for another. A machine's own level is made up. Seen: creates. */
  hostPlatform: since26("linux/amd64", "linux/amd64/v3"),

  /** An image is there, for another platform. Seen: creates, and pulls that brought such. */
  platformMismatch: since28(
    (name: string, wanted: string, actual: string) =>
      `image with reference ${name} was found but does not match the specified platform: wanted ${wanted}, actual: ${actual}`,
    (name: string, wanted: string, actual: string) =>
      `image with reference ${name} was found but its platform (${actual}) does not match the specified platform (${wanted})`,
  ),

  /** How a pull ends that brought one for another platform. Seen: an image for arm64 only, asked for as amd64. */
  pulledMismatch: row<"warning" | "error">("warning", "error", "warning"),

  /** That message names it as the request did, without the tag beside it. Seen: as above. */
  mismatchNamesAsSpelt: since26(true, false),

  /** The status of a push of what cannot be a reference. Seen: `Nope`, tag `-x`. */
  badPushStatus: since26(500, 400),

  /** A push without the header X-Registry-Auth, and what its body is then; `undefined`: it goes on. Seen: a push without both. */
  pushWithoutAuth: row<((problem: string) => string) | undefined>(
    (problem) => `Bad parameters and missing X-Registry-Auth: ${problem}`,
    (problem) => `bad parameters and missing X-Registry-Auth: invalid X-Registry-Auth header: ${problem}`,
    undefined,
  ),

  /** Searches: what is wrong with a limit, whose fault a registry is that cannot be reached. Seen: searches. */
  search: since26<SearchRules>(
    {
      limitIsNoNumber: (problem) => ({ status: 500, message: problem }),
      limitOutOfRange: (limit) => `Limit ${limit} is outside the range of [1, 100]`,
      zeroIsDefault: false,
      badStars: (value, _problem) => `Invalid filter 'stars=${value}'`,
      badEndpointStatus: 500,
      scheme: () => 'Invalid repository name (ex: "registry.domain.tld/myrepos")',
      schemeStatus: 500,
      automatedFindsNothing: false,
    },
    {
      limitIsNoNumber: (problem) => ({ status: 400, message: `invalid limit specified: ${problem}` }),
      limitOutOfRange: (limit) => `limit ${limit} is outside the range of [1, 100]`,
      zeroIsDefault: true,
      badStars: (value, problem) => `invalid filter 'stars=${value}': ${problem}`,
      badEndpointStatus: 400,
      scheme: (term) => `invalid repository name: repository name (${term}) should not have a scheme`,
      schemeStatus: 400,
      automatedFindsNothing: true,
    },
  ),

  /** Why an inspect fails. Seen: inspect of `nope` and `Nope`; other routes have the plain text on all three. */
  inspectError: since26(
    (ref: string, message: string) => `no such image: ${ref}: ${message}`,
    (_ref: string, message: string) => message,
  ),

  /** A tag's source is looked for before its target is read, and a bad target is the server's fault. Seen: both wrong. */
  tagReadsSourceFirst: since26(true, false),

  /** Whether what is told of a new tag is the name as it was given, without the tag `latest`. Seen: an import and a commit with a repository alone. */
  tellsTagAsGiven: since26(true, false),

  /** `GET /images/json` takes `shared-size`. Seen with it. */
  tellsSharedSize: since26(false, true),

  /** `GET /images/json` takes `until`. Seen: 400 before. */
  listTakesUntil: since26(false, true),

  /** Inspect has `Container`, though it is empty. Seen on 20.10; later omitted. */
  showsEmptyContainer: since26(true, false),

  /** Inspect shows the configuration last, as a map: keys sorted, empty lists as `null`. Seen on 28.5. */
  showsConfigAsMap: since28(false, true),
};
