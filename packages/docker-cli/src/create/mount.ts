// The value of `--mount`.
import { FlagValueError } from "../command/errors.js";
import { readBool, readCsv } from "../command/flags.js";
import { readBytes } from "../command/size-flags.js";

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
    ReadOnlyNonRecursive?: boolean;
    ReadOnlyForceRecursive?: boolean;
  };
  VolumeOptions?: {
    NoCopy?: boolean;
    Labels: Record<string, string>;
    Subpath?: string;
    DriverConfig: { Name?: string; Options?: Record<string, string> };
  };
  ImageOptions?: { Subpath?: string };
  TmpfsOptions?: { SizeBytes?: number; Mode?: number };
}

/** The fields that are on or off. Their key alone means on. */
const switches: Readonly<Record<string, (mount: Mount, isOn: boolean) => void>> = {
  readonly(mount, isOn) {
    mount.ReadOnly = isOn;
  },
  "bind-nonrecursive": (mount, isOn) => inBind(mount, { NonRecursive: isOn }),
  "volume-nocopy": (mount, isOn) => inVolume(mount, { NoCopy: isOn }),
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
    inVolume(mount, {});
    addPair(mount.VolumeOptions!.Labels, value);
  },
  "volume-driver"(mount, value) {
    inVolume(mount, {});
    mount.VolumeOptions!.DriverConfig.Name = value;
  },
  "volume-opt"(mount, value) {
    inVolume(mount, {});
    const driver = mount.VolumeOptions!.DriverConfig;
    driver.Options ??= {};
    addPair(driver.Options, value);
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

function inVolume(mount: Mount, options: Partial<NonNullable<Mount["VolumeOptions"]>>): void {
  mount.VolumeOptions = { Labels: {}, DriverConfig: {}, ...mount.VolumeOptions, ...options };
}

function inTmpfs(mount: Mount, options: NonNullable<Mount["TmpfsOptions"]>): void {
  mount.TmpfsOptions = { ...mount.TmpfsOptions, ...options };
}

/** Reads one. A source that begins with a dot stays as it is. @throws {FlagValueError} */
export function readMount(text: string): Mount {
  const mount: Mount = { Type: "volume" };
  for (const field of readCsv(text)) fillIn(mount, field);
  checkWhole(mount);
  return mount;
}

function fillIn(mount: Mount, field: string): void {
  const [, given = "", value] = /^([^=]*)(?:=(.*))?$/s.exec(field) ?? [];
  const key = given.toLowerCase();
  const name = otherNames[key] ?? key;
  const turn = Object.hasOwn(switches, name) ? switches[name] : undefined;
  const put = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    if (!turn) throw new FlagValueError(`invalid field '${field}' must be a key=value pair`);
    turn(mount, true);
  } else if (turn || put) {
    try {
      if (turn) turn(mount, readBool(value));
      else put?.(mount, value);
    } catch (error) {
      const reason = error instanceof Reasoned ? error.message : "";
      throw new FlagValueError(`invalid value for ${key}: ${value}${reason}`);
    }
  } else throw new FlagValueError(`unexpected key '${key}' in '${field}'`);
}

function addPair(target: Record<string, string>, text: string): void {
  const at = text.indexOf("=");
  const key = at < 0 ? text : text.slice(0, at);
  if (key !== "") target[key] = at < 0 ? "" : text.slice(at + 1);
}

function checkWhole(mount: Mount): void {
  const { Type: type, BindOptions: bind } = mount;
  if (type === "") throw new FlagValueError("type is required");
  if (!mount.Target) throw new FlagValueError("target is required");
  for (const [options, wanted] of [
    [mount.VolumeOptions, "volume"],
    [mount.ImageOptions, "image"],
    [bind, "bind"],
    [mount.TmpfsOptions, "tmpfs"],
  ] as const) {
    if (options && type !== wanted) {
      throw new FlagValueError(`cannot mix '${wanted}-*' options with mount type '${type}'`);
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
