import type { ByteText } from "../busybox/byte-text.js";

/** A URL of the command line, and where its output goes. Options and URLs fill targets in their order. */
export interface Target {
  url: string | undefined;
  output: string | undefined;
  /** Whether the output is named as the end of the URL (`-O`). */
  remoteName: boolean;
  upload: string | undefined;
}

/** A field of the form of `-F`. */
export interface FormField {
  readonly name: string;
  readonly content: ByteText;
  readonly type: string | undefined;
  readonly fileName: string | undefined;
}

/** The options that hold for the URLs up to `--next`. Texts of headers and data have one character for each byte. */
export class Settings {
  readonly targets: Target[] = [];
  /** The method of `-X`. */
  method: string | undefined;
  head = false;
  /** The data of `-d` and its like, joined. */
  data: ByteText | undefined;
  json = false;
  dataInQuery = false;
  readonly queries: ByteText[] = [];
  readonly form: FormField[] = [];
  readonly headers: ByteText[] = [];
  readonly proxyHeaders: ByteText[] = [];
  agent: string | undefined;
  referer: string | undefined;
  autoReferer = false;
  user: string | undefined;
  bearer: string | undefined;
  /** The cookies of `-b name=value`. */
  readonly cookies: string[] = [];
  readonly cookieFiles: string[] = [];
  cookieJar: string | undefined;
  dropsSessionCookies = false;
  range: string | undefined;
  resumeFrom: number | "file" | undefined;
  timeCondition: string | undefined;
  compressed = false;
  raw = false;
  httpVersion: "1.0" | "1.1" | "2" = "1.1";
  acceptsHttp09 = false;
  ignoresLength = false;
  requestTarget: string | undefined;
  pathAsIs = false;
  globs = true;
  crlf = false;

  include = false;
  fails = false;
  failsWithBody = false;
  remoteNameAll = false;
  headerName = false;
  outputDirectory: string | undefined;
  createsDirectories = false;
  clobbers: boolean | undefined;
  removesOnError = false;
  remoteTime = false;
  skipsExisting = false;
  dumpHeader: string | undefined;
  writeOut: ByteText | undefined;
  buffers = true;

  follows = false;
  trustsRedirects = false;
  mostRedirects = 50;
  keepsPost: ReadonlySet<number> = new Set();
  protocols: readonly string[] | undefined;
  redirectProtocols: readonly string[] | undefined;
  defaultProtocol: string | undefined;
  refusesUser = false;

  family: 4 | 6 | undefined;
  readonly resolves: string[] = [];
  readonly connectTo: string[] = [];
  localPort: number | undefined;
  proxy: string | undefined;
  noProxy: string | undefined;
  proxyUser: string | undefined;
  /** In milliseconds, as are all times here. */
  connectTimeout: number | undefined;
  maxTime: number | undefined;
  maxFileSize: number | undefined;
  /** The most bytes in a second. */
  rate: number | undefined;
  speedLimit: number | undefined;
  speedTime: number | undefined;
  expectTimeout = 1000;

  retries = 0;
  retryDelay = 0;
  retryMaxTime = 0;
  retriesRefused = false;
  retriesAll = false;
  insecure = false;
}

/** How a transfer is traced: `-v`, `--trace-ascii`, or `--trace`. */
export type TraceStyle = "plain" | "ascii" | "hex";

/** The options that hold for all URLs. */
export class SharedSettings {
  silent = false;
  showsErrors = false;
  progressBar = false;
  noMeter = false;
  failsEarly = false;
  trace: TraceStyle | undefined;
  /** The file of `--trace`. Default: standard error. */
  traceFile: string | undefined;
  traceTime = false;
  /** The file of `--stderr`. */
  errorFile: string | undefined;
}
