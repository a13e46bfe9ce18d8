// The settings of a terminal as `stty` names, changes and encodes them.
import { newTerminalSettings, type TerminalSettings } from "@dryharbor/kernel";

/** A flag: its name, the word of termios that it is in, its bit, and whether it is set in a sane terminal. */
interface Flag {
  readonly name: string;
  readonly bit: number;
  readonly sane: boolean | undefined;
}

const flag = (name: string, bit: number, sane?: boolean): Flag => ({ name, bit, sane });

/** The flags of control, input, output and local modes, in the order in which they are printed. */
export const flagGroups: Readonly<Record<"control" | "input" | "output" | "local", readonly Flag[]>> = {
  control: [
    flag("parenb", 0x100),
    flag("parodd", 0x200),
    flag("cmspar", 0x4000_0000),
    flag("cs5", 0),
    flag("cs6", 0x10),
    flag("cs7", 0x20),
    flag("cs8", 0x30),
    flag("hupcl", 0x400),
    flag("cstopb", 0x40),
    flag("cread", 0x80, true),
    flag("clocal", 0x800),
    flag("crtscts", 0x8000_0000),
  ],
  input: [
    flag("ignbrk", 0x1, false),
    flag("brkint", 0x2, true),
    flag("ignpar", 0x4),
    flag("parmrk", 0x8),
    flag("inpck", 0x10),
    flag("istrip", 0x20),
    flag("inlcr", 0x40, false),
    flag("igncr", 0x80, false),
    flag("icrnl", 0x100, true),
    flag("ixon", 0x400),
    flag("ixoff", 0x1000, false),
    flag("iuclc", 0x200, false),
    flag("ixany", 0x800, false),
    flag("imaxbel", 0x2000, true),
    flag("iutf8", 0x4000),
  ],
  output: [
    flag("opost", 0x1, true),
    flag("olcuc", 0x2, false),
    flag("ocrnl", 0x8, false),
    flag("onlcr", 0x4, true),
    flag("onocr", 0x10, false),
    flag("onlret", 0x20, false),
    flag("ofill", 0x40, false),
    flag("ofdel", 0x80, false),
  ],
  local: [
    flag("isig", 0x1, true),
    flag("icanon", 0x2, true),
    flag("iexten", 0x8000, true),
    flag("echo", 0x8, true),
    flag("echoe", 0x10, true),
    flag("echok", 0x20, true),
    flag("echonl", 0x40, false),
    flag("noflsh", 0x80, false),
    flag("xcase", 0x4, false),
    flag("tostop", 0x100, false),
    flag("echoprt", 0x400, false),
    flag("echoctl", 0x200, true),
    flag("echoke", 0x800, true),
    flag("flusho", 0x1000, false),
    flag("extproc", 0x1_0000, false),
  ],
};

/** The sizes of a character. One of them is set. */
export const characterSizes = ["cs5", "cs6", "cs7", "cs8"];
/** The delays of output, which no terminal has any more. */
export const delays = ["nl0", "cr0", "tab0", "bs0", "vt0", "ff0"];

/** Whether there is a flag of this name that may be set and unset. */
export function isFlag(name: string): boolean {
  return (
    !characterSizes.includes(name) &&
    Object.values(flagGroups).some((flags) => flags.some((each) => each.name === name))
  );
}

/** What the settings by a name of their own do: `name` sets a flag, `-name` unsets it. */
export const combinations: Readonly<Record<string, string>> = {
  evenp: "parenb -parodd cs7",
  parity: "parenb -parodd cs7",
  oddp: "parenb parodd cs7",
  "-evenp": "-parenb cs8",
  "-parity": "-parenb cs8",
  "-oddp": "-parenb cs8",
  nl: "-icrnl -onlcr",
  "-nl": "icrnl -inlcr -igncr onlcr -ocrnl -onlret",
  cooked: "brkint ignpar istrip icrnl ixon opost isig icanon",
  "-raw": "brkint ignpar istrip icrnl ixon opost isig icanon",
  raw: "-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr -icrnl -ixon -ixoff -iuclc -ixany -imaxbel -opost -isig -icanon -xcase",
  "-cooked":
    "-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr -icrnl -ixon -ixoff -iuclc -ixany -imaxbel -opost -isig -icanon -xcase",
  cbreak: "-icanon",
  "-cbreak": "icanon",
  pass8: "-parenb -istrip cs8",
  "-pass8": "parenb istrip cs7",
  litout: "-parenb -istrip -opost cs8",
  "-litout": "parenb istrip opost cs7",
  decctlq: "-ixany",
  "-decctlq": "ixany",
  tandem: "ixoff",
  "-tandem": "-ixoff",
  crterase: "echoe",
  "-crterase": "-echoe",
  crtkill: "echoke",
  "-crtkill": "-echoke",
  ctlecho: "echoctl",
  "-ctlecho": "-echoctl",
  prterase: "echoprt",
  "-prterase": "-echoprt",
  hup: "hupcl",
  "-hup": "-hupcl",
  lcase: "xcase iuclc olcuc",
  LCASE: "xcase iuclc olcuc",
  "-lcase": "-xcase -iuclc -olcuc",
  "-LCASE": "-xcase -iuclc -olcuc",
  crt: "echoe echoctl echoke",
  dec: "echoe echoctl echoke -ixany",
  tabs: "",
  "-tabs": "",
};

/** The settings that make a terminal usable again. */
export function saneSettings(settings: TerminalSettings): TerminalSettings {
  const flags = new Set(settings.flags);
  for (const { name, sane } of Object.values(flagGroups).flat()) {
    if (sane === true) flags.add(name);
    if (sane === false) flags.delete(name);
  }
  return { ...settings, flags, keys: newTerminalSettings.keys, min: 1, time: 0 };
}

/** What a terminal without a line takes on: a character has eight bits and no parity. */
export function accepted(settings: TerminalSettings): TerminalSettings {
  const flags = new Set(settings.flags);
  for (const name of ["cs5", "cs6", "cs7", "parenb"]) flags.delete(name);
  return { ...settings, flags: flags.add("cs8").add("cread") };
}

/** The codes of speeds. */
const speeds: ReadonlyMap<number, number> = new Map([
  ...[0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400].map(
    (speed, code) => [speed, code] as const,
  ),
  ...[57_600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000].map(
    (speed, index) => [speed, 0x1001 + index] as const,
  ),
]);

/** Whether a terminal can have this speed. */
export function isSpeed(speed: number): boolean {
  return speeds.has(speed);
}

/** The keys by their index in termios, with the places of `time` and `min`. */
const keyOrder =
  "intr quit erase kill eof time min swtch start stop susp eol rprnt flush werase lnext eol2".split(" ");
const keyCount = 32;
const wordCount = 4;

/** Encodes settings as `stty -g` prints them. */
export function encoded(settings: TerminalSettings): string {
  const bits = (flags: readonly Flag[]): number =>
    flags.reduce((sum, { name, bit }) => (settings.flags.has(name) ? sum + bit : sum), 0);
  const speed = (speeds.get(settings.inputSpeed) ?? 0) * 2 ** 16 + (speeds.get(settings.outputSpeed) ?? 0);
  const words = [
    bits(flagGroups.input),
    bits(flagGroups.output),
    bits(flagGroups.control) + speed,
    bits(flagGroups.local),
  ];
  const { min, time } = settings;
  const keys: Readonly<Record<string, number>> = { ...settings.keys, min, time };
  const codes = Array.from({ length: keyCount }, (_, index) => keys[keyOrder[index] ?? ""] ?? 0);
  return [...words, ...codes].map((value) => value.toString(16)).join(":");
}

/** Decodes what {@link encoded} returned. Returns `undefined` for anything else. */
export function decoded(text: string, before: TerminalSettings): TerminalSettings | undefined {
  const fields = text.split(":");
  if (fields.length !== wordCount + keyCount || !fields.every((field) => /^[0-9a-f]+$/.test(field)))
    return undefined;
  const values = fields.map((field) => Number.parseInt(field, 16));
  const [input = 0, output = 0, control = 0, local = 0, ...codes] = values;
  const flags = new Set<string>();
  const read = (group: readonly Flag[], word: number): void => {
    for (const { name, bit } of group) {
      const has = characterSizes.includes(name) ? (word & 0x30) === bit : Math.floor(word / bit) % 2 === 1;
      if (has) flags.add(name);
    }
  };
  read(flagGroups.input, input);
  read(flagGroups.output, output);
  read(flagGroups.control, control);
  read(flagGroups.local, local);
  const speedOf = (code: number): number =>
    [...speeds].find(([, each]) => each === code)?.[0] ?? before.outputSpeed;
  const named = Object.fromEntries(keyOrder.map((name, index) => [name, codes[index] ?? 0]));
  const { min = 1, time = 0, ...keys } = named;
  return {
    ...before,
    flags,
    keys: Object.fromEntries(Object.keys(before.keys).map((name) => [name, keys[name] ?? 0])),
    min,
    time,
    inputSpeed: speedOf((control >>> 16) & 0x100f),
    outputSpeed: speedOf(control & 0x100f),
  };
}
