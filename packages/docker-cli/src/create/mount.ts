// The value of `--mount`.
import { FlagValueError } from "../command/errors.js";
import { readBool, readCsv } from "../command/flags.js";
import { quoted } from "../command/quoted.js";
import { readBytes } from "../command/size-flags.js";
import { isIn, type Lifetime, type Release } from "../releases.js";

/** A mount, in the words of the Engine API. */
export interface Mount {
  Type: string;
  Source?: string;
  Target?: string;
  ReadOnly?: boolean;
  Consistency?: string;
  BindOptions?: {
    Propagation?: string;
    NonRecursive?: boolean;
    CreateMountpoint?: boolean;
    ReadOnlyNonRecursive?: boolean;
    ReadOnlyForceRecursive?: boolean;
  };
  VolumeOptions?: {
    NoCopy?: boolean;
    Labels?: Record<string, string>;
    Subpath?: string;
    DriverConfig?: { Name?: string; Options?: Record<string, string> };
  };
  ImageOptions?: { Subpath?: string };
  TmpfsOptions?: { SizeBytes?: number; Mode?: number };
}

/** The fields that are on or off. Their key alone means on. */
const switches: Readonly<Record<string, { turn(mount: Mount, isOn: boolean): void }>> = {
  readonly: {
    turn(mount, isOn) {
      mount.ReadOnly = isOn;
    },
  },
  "bind-nonrecursive": { turn: (mount, isOn) => inBind(mount, { NonRecursive: isOn }) },
  "bind-create-src": { turn: (mount, isOn) => inBind(mount, { CreateMountpoint: isOn }) },
  "volume-nocopy": { turn: (mount, isOn) => inVolume(mount, { NoCopy: isOn }) },
};

/** The fields that have come with a release. */
const lifetimes: Readonly<Record<string, Lifetime>> = {
  "bind-create-src": { since: "29" },
  "bind-recursive": { since: "26.1" },
  "image-subpath": { since: "28.5" },
  "volume-subpath": { since: "26.1" },
};

/** The fields that have a value. A value that is refused without a reason throws anything. */
const values: Readonly<Record<string, (mount: Mount, value: string) => void>> = {
  type(mount, value) {
    mount.Type = value.toLowerCase();
  },
  source(mount, value) {
    mount.Source = value;
  },
  target(mount, value) {
    mount.Target = value;
  },
  consistency(mount, value) {
    mount.Consistency = value.toLowerCase();
  },
  "bind-propagation": (mount, value) => inBind(mount, { Propagation: value.toLowerCase() }),
  "bind-recursive"(mount, value) {
    if (!Object.hasOwn(recursion, value))
      throw new Reasoned(' (must be "enabled", "disabled", "writable", or "readonly")');
    if (value !== "enabled") inBind(mount, recursion[value]!);
  },
  "volume-subpath": (mount, value) => inVolume(mount, { Subpath: value }),
  "volume-label"(mount, value) {
    const { Labels = {} } = mount.VolumeOptions ?? {};
    inVolume(mount, { Labels: withPair(Labels, value) });
  },
  "volume-driver"(mount, value) {
    inDriver(mount, { Name: value });
  },
  "volume-opt"(mount, value) {
    const { Options = {} } = mount.VolumeOptions?.DriverConfig ?? {};
    inDriver(mount, { Options: withPair(Options, value) });
  },
  "image-subpath"(mount, value) {
    mount.ImageOptions = { Subpath: value };
  },
  "tmpfs-size": (mount, value) => inTmpfs(mount, { SizeBytes: readBytes(value) }),
  "tmpfs-mode"(mount, value) {
    if (!/^[0-7]+$/.test(value)) throw new Reasoned("");
    inTmpfs(mount, { Mode: Number.parseInt(value, 8) });
  },
};

const recursion: Readonly<Record<string, NonNullable<Mount["BindOptions"]>>> = {
  enabled: {},
  disabled: { NonRecursive: true },
  writable: { ReadOnlyNonRecursive: true },
  readonly: { ReadOnlyForceRecursive: true },
};

const otherNames: Readonly<Record<string, string>> = {
  src: "source",
  dst: "target",
  destination: "target",
  ro: "readonly",
};

/** Why a value is refused, as docker writes it behind the value. */
class Reasoned extends Error {}

function inBind(mount: Mount, options: NonNullable<Mount["BindOptions"]>): void {
  mount.BindOptions = { ...mount.BindOptions, ...options };
}

function inVolume(mount: Mount, options: NonNullable<Mount["VolumeOptions"]>): void {
  mount.VolumeOptions = { ...mount.VolumeOptions, ...options };
}

function inDriver(mount: Mount, driver: { Name?: string; Options?: Record<string, string> }): void {
  inVolume(mount, { DriverConfig: { ...mount.VolumeOptions?.DriverConfig, ...driver } });
}

function inTmpfs(mount: Mount, options: NonNullable<Mount["TmpfsOptions"]>): void {
  mount.TmpfsOptions = { ...mount.TmpfsOptions, ...options };
}

/** Reads one. A source that begins with a dot stays as it is. @throws {FlagValueError} */
export function readMount(text: string, release: Release): Mount {
  const isStrict = isIn(release, { since: "29" });
  const given = isStrict ? text.trim() : text;
  if (isStrict && given === "") throw new FlagValueError("value is empty");
  const mount: Mount = { Type: "volume" };
  if (given === "") throw new FlagValueError("EOF");
  for (const field of readCsv(given)) {
    if (isStrict) checkSpaces(field);
    fillIn(mount, field, release);
  }
  // Since 29 the engine is asked for what was given, and refuses a mount without a target itself.
  if (!isStrict && mount.VolumeOptions)
    mount.VolumeOptions = { Labels: {}, DriverConfig: {}, ...mount.VolumeOptions };
  checkWhole(mount, isStrict);
  return mount;
}

/** Parts a field into what stands before and behind the first `=`. */
function halves(field: string): [key: string, value: string | undefined] {
  const at = field.indexOf("=");
  return at < 0 ? [field, undefined] : [field.slice(0, at), field.slice(at + 1)];
}

function checkSpaces(field: string): void {
  const [key, value] = halves(field);
  if (key.trim() !== key) {
    throw new FlagValueError(
      `invalid option '${key.trim()}' in '${field}': option should not have whitespace`,
    );
  }
  if (value === undefined) return;
  if (value.trim() === "") throw new FlagValueError(`invalid value for '${key}': value is empty`);
  if (value.trim() !== value) {
    throw new FlagValueError(`invalid value for '${key}' in '${field}': value should not have whitespace`);
  }
}

function fillIn(mount: Mount, field: string, release: Release): void {
  const isStrict = isIn(release, { since: "29" });
  const [given, value] = halves(field);
  const key = given.toLowerCase();
  const name = otherNames[key] ?? key;
  const isKnown = isIn(release, lifetimes[name] ?? {});
  const option = isKnown && Object.hasOwn(switches, name) ? switches[name] : undefined;
  const put = isKnown && Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined && !option) {
    throw new FlagValueError(`invalid field '${field}' must be a key=value pair`);
  }
  if (option && isStrict) {
    if (name === "bind-nonrecursive") {
      throw new FlagValueError("bind-nonrecursive is deprecated, use bind-recursive=disabled instead");
    }
    option.turn(mount, readStrictly(key, value));
  } else if (option || put) {
    try {
      if (option) option.turn(mount, value === undefined || readBool(value));
      else put?.(mount, value as string);
    } catch (error) {
      const reason = error instanceof Reasoned ? error.message : "";
      throw new FlagValueError(`invalid value for ${key}: ${value}${reason}`);
    }
  } else throw new FlagValueError(`${isStrict ? "unknown option" : "unexpected key"} '${key}' in '${field}'`);
}

/** The truth value of a field, of which 29 takes only four. */
function readStrictly(key: string, value: string | undefined): boolean {
  if (value === undefined || value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  throw new FlagValueError(
    `invalid value for '${key}': invalid boolean value (${quoted(value)}): must be one of "true", "1", "false", or "0" (default "true")`,
  );
}

function withPair(pairs: Readonly<Record<string, string>>, text: string): Record<string, string> {
  const [key, value = ""] = halves(text);
  return key === "" ? { ...pairs } : { ...pairs, [key]: value };
}

function checkWhole(mount: Mount, isStrict: boolean): void {
  const { Type: type, BindOptions: bind } = mount;
  if (type === "") throw new FlagValueError("type is required");
  if (!mount.Target && !isStrict) throw new FlagValueError("target is required");
  const ofKinds = {
    volume: mount.VolumeOptions,
    image: mount.ImageOptions,
    bind,
    tmpfs: mount.TmpfsOptions,
  };
  const order = isStrict
    ? (["bind", "volume", "image", "tmpfs"] as const)
    : (["volume", "image", "bind", "tmpfs"] as const);
  for (const kind of order) {
    if (ofKinds[kind] && type !== kind) {
      throw new FlagValueError(`cannot mix '${kind}-*' options with mount type '${type}'`);
    }
  }
  if (bind?.ReadOnlyNonRecursive && !mount.ReadOnly) {
    throw new FlagValueError(
      "option 'bind-recursive=writable' requires 'readonly' to be specified in conjunction",
    );
  }
  if (!bind?.ReadOnlyForceRecursive) return;
  if (!mount.ReadOnly) {
    throw new FlagValueError(
      "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction",
    );
  }
  if (bind.Propagation !== "rprivate") {
    throw new FlagValueError(
      "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction",
    );
  }
}
