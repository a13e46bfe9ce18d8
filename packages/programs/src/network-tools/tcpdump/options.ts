// The command line of tcpdump.
import { type ParsedOptions, parseOptions } from "../../busybox/options.js";

/** How packets are shown. */
export interface TcpdumpOptions {
  /** The interface. `undefined` for the first one. */
  readonly device: string | undefined;
  /** After how many packets it ends. */
  readonly count: number;
  readonly isNumeric: boolean;
  readonly verbosity: number;
  readonly isQuiet: boolean;
  readonly showsLink: boolean;
  /** Whether sequence numbers are shown as they are. */
  readonly absolute: boolean;
  /** How often `-t` is given. */
  readonly timeStyle: number;
  readonly hexadecimal: "none" | "hex" | "hex-with-link";
  readonly ascii: "none" | "beside" | "alone";
  readonly isLineBuffered: boolean;
  readonly direction: "in" | "out" | "inout";
  readonly numbersPackets: boolean;
  /** What it prints in place of packets. */
  readonly lists: "interfaces" | "link-types" | undefined;
  readonly expression: string;
}

const flags = "AbdDefhHIJKlLnNOpqStuUvxX#";
const version =
  "tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\nOpenSSL 3.0.19 27 Jan 2026\n";
const usage = `${version}Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
		[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
		[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
		[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
		[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
		[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
		[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
		[ -z postrotate-command ] [ -Z user ] [ expression ]
`;

/** Long options. A letter that tcpdump does not have stands for one that has no letter. */
const long = {
  help: "h",
  version: "1",
  count: "2",
  interface: "i",
  "list-interfaces": "D",
  "list-data-link-types": "L",
  number: "#",
  print: "3",
  "absolute-tcp-sequence-numbers": "S",
  "buffer-size": "B",
  direction: "Q",
  "immediate-mode": "4",
  "dont-verify-checksums": "K",
  "snapshot-length": "s",
  "packet-buffered": "U",
  linktype: "y",
  "no-promiscuous-mode": "p",
  "no-optimize": "O",
  micro: "5",
  nano: "6",
};

/** What the command line says instead of options: a text, where it goes, and the exit code. */
export interface Ending {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** Options of files, captures in them, and keys: there are no such things here. */
const unsimulated = ["w", "r", "C", "G", "W", "V", "F", "E", "M", "z", "d", "I", "y", "T"] as const;

/** Reads the command line. */
export function readTcpdumpOptions(args: readonly string[]): TcpdumpOptions | Ending {
  const parsed = parseOptions(args, {
    flags: `${flags}123456`,
    values: "BcCEFGijMQrsTVwWyzZ",
    long,
  });
  if (typeof parsed === "string") return wrong(`${parsed}\n${usage}`);
  const { given, counts, operands } = parsed;
  if (given.has("h")) return { stdout: usage, stderr: "", code: 0 };
  if (given.has("1")) return { stdout: version, stderr: "", code: 0 };
  const unknown = unsimulated.find((letter) => given.has(letter));
  if (unknown) return wrong(`-${unknown}: this is not simulated\n`);
  return readValues({ given, counts, operands });
}

function readValues({ given, counts, operands }: ParsedOptions): TcpdumpOptions | Ending {
  const last = (letter: string) => given.get(letter)?.at(-1);
  const countText = last("c");
  const count = countText === undefined ? Number.POSITIVE_INFINITY : wholeNumber(countText);
  if (count === undefined || count <= 0) return wrong(`invalid packet count ${countText}\n`);
  const snapshot = last("s");
  if (snapshot !== undefined && !(wholeNumber(snapshot)! >= 0 && wholeNumber(snapshot)! <= 262_144)) {
    return wrong(`invalid snaplen ${snapshot} (must be >= 0 and <= 262144)\n`);
  }
  const direction = last("Q") ?? "inout";
  if (direction !== "in" && direction !== "out" && direction !== "inout") {
    return wrong(`unknown capture direction \`${direction}'\n`);
  }
  const times = (letter: string) => counts.get(letter) ?? 0;
  const isHexadecimal = given.has("x") || given.has("X");
  const withLink = times("x") > 1 || times("X") > 1 || times("A") > 1;
  return {
    device: last("i"),
    count,
    isNumeric: given.has("n"),
    verbosity: times("v"),
    isQuiet: given.has("q"),
    showsLink: given.has("e"),
    absolute: given.has("S"),
    timeStyle: times("t"),
    hexadecimal: !isHexadecimal ? "none" : withLink ? "hex-with-link" : "hex",
    ascii: given.has("X") ? "beside" : given.has("A") ? "alone" : "none",
    isLineBuffered: given.has("l") || given.has("U"),
    direction,
    numbersPackets: given.has("#"),
    lists: given.has("D") ? "interfaces" : given.has("L") ? "link-types" : undefined,
    expression: operands.join(" "),
  };
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function wrong(text: string): Ending {
  return { stdout: "", stderr: `tcpdump: ${text}`, code: 1 };
}
