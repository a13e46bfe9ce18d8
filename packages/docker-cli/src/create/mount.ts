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

/** Reads one. A source that begins with a dot stays as it is. @throws {FlagValueError} */
export function readMount(value: string): Mount {
  const mount: Mount = { Type: "volume" };
  const volume = (): NonNullable<Mount["VolumeOptions"]> => {
    mount.VolumeOptions ??= { Labels: {}, DriverConfig: {} };
    return mount.VolumeOptions;
  };
  const bind = (): NonNullable<Mount["BindOptions"]> => {
    mount.BindOptions ??= {};
    return mount.BindOptions;
  };
  const tmpfs = (): NonNullable<Mount["TmpfsOptions"]> => {
    mount.TmpfsOptions ??= {};
    return mount.TmpfsOptions;
  };
  for (const field of readCsv(value)) {
    const at = field.indexOf("=");
    const key = (at < 0 ? field : field.slice(0, at)).toLowerCase();
    if (at < 0) {
      if (key === "readonly" || key === "ro") mount.ReadOnly = true;
      else if (key === "volume-nocopy") volume().NoCopy = true;
      else if (key === "bind-nonrecursive") bind().NonRecursive = true;
      else throw new FlagValueError(`invalid field '${field}' must be a key=value pair`);
      continue;
    }
    const text = field.slice(at + 1);
    const truth = (): boolean => {
      try {
        return readBool(text);
      } catch {
        throw new FlagValueError(`invalid value for ${key}: ${text}`);
      }
    };
    switch (key) {
      case "type":
        mount.Type = text.toLowerCase();
        break;
      case "source":
      case "src":
        mount.Source = text;
        break;
      case "target":
      case "dst":
      case "destination":
        mount.Target = text;
        break;
      case "readonly":
      case "ro":
        mount.ReadOnly = truth();
        break;
      case "consistency":
        mount.Consistency = text.toLowerCase();
        break;
      case "bind-propagation":
        bind().Propagation = text.toLowerCase();
        break;
      case "bind-nonrecursive":
        bind().NonRecursive = truth();
        break;
      case "bind-recursive":
        if (text === "disabled") bind().NonRecursive = true;
        else if (text === "writable") bind().ReadOnlyNonRecursive = true;
        else if (text === "readonly") bind().ReadOnlyForceRecursive = true;
        else if (text !== "enabled") {
          throw new FlagValueError(
            `invalid value for ${key}: ${text} (must be "enabled", "disabled", "writable", or "readonly")`,
          );
        }
        break;
      case "volume-subpath":
        volume().Subpath = text;
        break;
      case "volume-nocopy":
        volume().NoCopy = truth();
        break;
      case "volume-label":
        addPair(volume().Labels, text);
        break;
      case "volume-driver":
        volume().DriverConfig.Name = text;
        break;
      case "volume-opt":
        volume().DriverConfig.Options ??= {};
        addPair(volume().DriverConfig.Options as Record<string, string>, text);
        break;
      case "image-subpath":
        mount.ImageOptions = { Subpath: text };
        break;
      case "tmpfs-size":
        try {
          tmpfs().SizeBytes = readBytes(text);
        } catch {
          throw new FlagValueError(`invalid value for ${key}: ${text}`);
        }
        break;
      case "tmpfs-mode":
        if (!/^[0-7]+$/.test(text)) throw new FlagValueError(`invalid value for ${key}: ${text}`);
        tmpfs().Mode = Number.parseInt(text, 8);
        break;
      default:
        throw new FlagValueError(`unexpected key '${key}' in '${field}'`);
    }
  }
  checkWhole(mount);
  return mount;
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
