import { newestPlatformParts, type PlatformParts } from "@dryharbor/sdk/platform";
import { row, since26, since28, since29 } from "./row.js";

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

const wrongPlatform = (name: string, wanted: string, actual: string) =>
  `image with reference ${name} was found but does not match the specified platform: wanted ${wanted}, actual: ${actual}`;

interface SeveralPlatforms {
  readonly since: string | undefined;
  readonly problem: string;
}

interface BadPort {
  readonly protocolFirst: boolean;
  readonly port: (text: string) => string;
  readonly protocol: (text: string) => string;
}

interface UnpackImageFailure {
  readonly wrongDigest: (digest: string) => (name: string) => string;
  /** `mount`: the directory that was mounted for it, if there was one. */
  readonly notExtracted: (digest: string, mount: string | undefined, why: string) => (name: string) => string;
}

const unpackImageFailure: UnpackImageFailure = {
  wrongDigest: (digest) => (name) =>
    `apply layer error for ${JSON.stringify(name)}: wrong diff id calculated on extraction ${JSON.stringify(digest)}`,
  notExtracted: (digest, mount, why) => (name) => {
    const where = mount === undefined ? "" : `mount callback failed on ${mount}: `;
    return `apply layer error for ${JSON.stringify(name)}: failed to extract layer ${digest}: ${where}${why}`;
  },
};

/**
 * Differences between releases in images and registries. The comment of a boolean row describes `true`.
 * "Seen" names the request that showed the difference.
 */
export const imagesRows = {
  /**
   * Images are kept as content, by containerd: the id of an image is the digest of its manifest, layers are kept compressed
   * beside their unpacked files, and every name is an image of its own. Seen: 29 with its default driver `overlayfs`.
   */
  storesContent: since29(false, true),

  /**
   * The instructions that `changes` of an import or a commit may contain. Seen: STOPSIGNAL, 400 on 20.10.
   */
  changeCommands: since26<readonly string[]>(changeCommands, [...changeCommands, "STOPSIGNAL"]),

  /** Returns how a refused instruction is named. Seen: `NONSENSE x`. */
  namesChange: since26(
    (name: string) => name.toLowerCase(),
    (name: string) => name,
  ),

  /**
   * Inspect escapes `<`, `>` and `&`, as Go's encoder does by default. Streams (events, progress) escape them
   * in all releases, and no other answer does. Seen: inspect, lists and events of everything with labels,
   * commands and comments.
   */
  inspectEscapesHtml: row(false, false, true, false),

  /** Status of a commit whose container's image is gone. Seen: commit after a forced removal. */
  goneParentStatus: since26(500, 404),

  /** A commit emits an event that an image was created. Seen: events. */
  commitCreatesImage: since28(false, true),

  /** An import can be for a platform other than the host's. Seen: `linux/arm64`. */
  importsForPlatform: since26(false, true),

  /** Platform and changes of an import are looked at before its archive is fetched. Seen: `platform=windows` and `changes=NOPE` without a source. */
  checksImportFirst: since26(true, false),

  /**
   * A committed image keeps its container's host name and streams, unless the request has a configuration.
   * Seen: inspect.
   */
  commitKeepsContainer: since28(true, false),

  /** A commit without an author has that of the image below it. Seen: a commit on one with an author. */
  commitKeepsAuthor: since29(false, true),

  /**
   * A commit has the container's /etc/hosts, /etc/hostname and /etc/resolv.conf once the engine has mounted its own over
   * them for an archive, since overlayfs has copied them by then. Seen: a commit after `docker cp`.
   */
  commitHasCopiedEtc: row(false, true, true, false),

  /** A saved archive has the OCI layout beside Docker's own. Seen: save. */
  savesOci: since26(false, true),

  /** A manifest that is `null` stands for an empty one. Seen: load of such an archive. */
  nullManifestIsEmpty: since26(true, false),

  /** The files of a saved archive have the time at which they were written. Seen: save; 26.1 also of `index.json`. */
  indexHasTimeOfSave: row(false, true, false),

  /** Inspect shows `null` for the configuration of an image without one. Seen: a loaded image. */
  showsNullConfig: since28(true, false),

  /** Inspect shows the year 1 for an image that does not tell when it was made. Seen: a loaded image. */
  showsZeroCreated: since26(true, false),

  /** An image that tells no system is one for the host's. Seen: `Platform` of its container. */
  emptySystemIsHosts: since26(true, false),

  /** Inspect shows `VirtualSize` of an empty image, too. Seen: inspect of an empty import through 1.24. */
  showsNoVirtualSize: since26(true, false),

  /**
   * A history entry has its author before its command, which changes image ids. Seen: ids of images that
   * Docker 1.9 saved.
   */
  authorBeforeCommand: since26(true, false),

  /**
   * A commit parses the image's new name before it looks up the container. Seen: commit of an unknown
   * container to `m1@x`.
   */
  commitReadsNameFirst: since26(false, true),

  /**
   * No image is kept under the name of a digest's algorithm. 29 refuses that in a tag alone. Seen: commit, import and build
   * to `sha256`.
   */
  refusesAlgorithmNames: since29(true, false),

  /** Status of a commit to an invalid name. Seen: `BAD NAME`. */
  badCommitNameStatus: since26(500, 400),

  /** The message about a repository name with upper-case letters. Seen: inspect of `Busybox`. */
  uppercaseRepository: since26(
    (_name: string) => "invalid reference format: repository name must be lowercase",
    (name: string) => `invalid reference format: repository name (${name}) must be lowercase`,
  ),

  /**
   * `Foo/bar` is repository `bar` of the registry `Foo`. Earlier releases refuse it. Seen: inspect, 400
   * before.
   */
  uppercaseIsDomain: since26(false, true),

  /** `[::1]:5000/foo` is a valid reference. Seen: inspect, 400 before. */
  ipv6Domains: since26(false, true),

  /**
   * The limit of 255 characters for a repository's name includes its domain. Seen: inspect of long names.
   */
  nameLengthCountsDomain: since26(true, false),

  /** A registry at `[::1]:5000` needs no TLS, as one at 127.0.0.1. Seen: pulls from both. */
  ipv6LoopbackIsInsecure: since28(false, true),

  /** Patterns that each part of a platform must match. Seen: pulls for `/`, `linux/`. */
  platformParts: row<PlatformParts>(
    { part: "^[A-Za-z0-9_-]+$", system: undefined },
    { part: "^[A-Za-z0-9_-]+$", system: "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.-]*)\\))?$" },
    newestPlatformParts,
  ),

  /** An image for `linux/amd64` satisfies a request for `linux/amd64/v3`. Seen: pulls. */
  newerProcessorRunsOlder: since26(false, true),

  /**
   * The host's platform in a message about an image for another platform. The processor's level is made up.
   * Seen: creates.
   */
  hostPlatform: since26("linux/amd64", "linux/amd64/v3"),

  /**
   * The message about an image that is present for another platform than asked for. Seen: creates, and pulls
   * that brought such an image.
   */
  platformMismatch: row(
    wrongPlatform,
    wrongPlatform,
    (name: string, wanted: string, actual: string) =>
      `image with reference ${name} was found but its platform (${actual}) does not match the specified platform (${wanted})`,
    (name: string, wanted: string, _actual: string) =>
      `image with reference ${name} was found but does not provide the specified platform (${wanted})`,
  ),

  /**
   * How a pull ends that brought an image for another platform than asked for. Seen: an image for arm64 only,
   * asked for as amd64.
   */
  pulledMismatch: row<"warning" | "error">("warning", "error", "warning"),

  /** That message names the image as the request did, without its tag. Seen: the same pull. */
  mismatchNamesAsSpelt: since26(true, false),

  /** Status of a push with an invalid reference. Seen: `Nope`, tag `-x`. */
  badPushStatus: since26(500, 400),

  /**
   * The message about a push whose header X-Registry-Auth is missing and whose body is invalid; `undefined`
   * when the push goes on. Seen: a push with neither.
   */
  pushWithoutAuth: row<((problem: string) => string) | undefined>(
    (problem) => `Bad parameters and missing X-Registry-Auth: ${problem}`,
    (problem) => `bad parameters and missing X-Registry-Auth: invalid X-Registry-Auth header: ${problem}`,
    undefined,
  ),

  /**
   * How a search words an invalid limit, and its status when the registry cannot be reached. Seen: searches.
   */
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

  /**
   * The message of an inspect that fails. Seen: inspect of `nope` and `Nope`; other routes have the plain
   * text on all three.
   */
  inspectError: since26(
    (ref: string, message: string) => `no such image: ${ref}: ${message}`,
    (_ref: string, message: string) => message,
  ),

  /**
   * A tag looks up its source before it parses the target, and an invalid target is a server error. Seen:
   * both wrong.
   */
  tagReadsSourceFirst: since26(true, false),

  /**
   * The event of a new tag has the name as the request gave it, without the tag `latest`. Seen: an import and
   * a commit with a repository alone.
   */
  tellsTagAsGiven: since26(true, false),

  /** What is wrong with a port of EXPOSE, and what is looked at first. Seen: `x`, `80/xx`, `a/b/c`. */
  badPort: since29<BadPort>(
    {
      protocolFirst: false,
      port: (text) => `Invalid containerPort: ${text}`,
      protocol: (text) => `Invalid proto: ${text}`,
    },
    {
      protocolFirst: true,
      port: (text) => `invalid containerPort: ${text}`,
      protocol: (text) => `invalid proto: ${text}`,
    },
  ),

  /** The API version from which on a save or a load may name several platforms, and what is said before. Seen: two. */
  severalPlatforms: since29<SeveralPlatforms>(
    { since: undefined, problem: "multiple platform parameters not supported" },
    {
      since: "1.52",
      problem:
        "multiple platform parameters are not supported in this API version; use API version 1.52 or later",
    },
  ),

  /** The line of an error in a stream has its text before its details. Seen: builds, loads and pushes that fail. */
  tellsErrorFirst: since29(false, true),

  /** Why a commit cannot be whose container's image is gone; `path` is that of the image's file. Seen: the same. */
  goneParent: since29(
    (id: string, path: string) => `failed to get digest ${id}: open ${path}: no such file or directory`,
    (id: string, _path: string) => `NotFound: content digest ${id}: not found`,
  ),

  /** What is advised where a registry of that domain cannot be reached by HTTPS. Seen: searches. */
  insecureAdvice: since29(
    (domain: string) =>
      `If this private registry supports only HTTP or HTTPS with an unknown CA certificate, please add \`--insecure-registry ${domain}\` to the daemon's arguments. In the case of HTTPS, if you have access to the registry's CA certificate, no need for the flag; simply place the CA certificate at /etc/docker/certs.d/${domain}/ca.crt`,
    (domain: string) =>
      `If this private registry supports only HTTP or HTTPS with an unknown CA certificate, add \`--insecure-registry ${domain}\` to the daemon's arguments. In the case of HTTPS, if you have access to the registry's CA certificate, no need for the flag; place the CA certificate at /etc/docker/certs.d/${domain}/ca.crt`,
  ),

  /** An import for another system than the host's is refused. Seen: `windows/amd64`. */
  importsForHostOnly: since29(true, false),

  /**
   * Why an image is there that could not be unpacked, with the name of the image in the store; `mount` is a directory of
   * containerd's. Seen: load of layers that are no tar, or others than the configuration says.
   */
  unpackImageFailure: row<UnpackImageFailure>(unpackImageFailure, unpackImageFailure, unpackImageFailure),

  /** `GET /images/json` accepts `shared-size`. Seen with it. */
  tellsSharedSize: since26(false, true),

  /** `GET /images/json` accepts the filter `until`. Seen: 400 before. */
  listTakesUntil: since26(false, true),

  /** Inspect has `Container`, although it is empty. Seen on 20.10; later releases omit it. */
  showsEmptyContainer: since26(true, false),

  /** Inspect shows the configuration last, as a map: sorted keys, empty lists as `null`. Seen on 28.5. */
  showsConfigAsMap: since28(false, true),
};
