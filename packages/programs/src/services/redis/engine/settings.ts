import type { ByteText } from "../../../busybox/byte-text.js";
import type { PackingLimits } from "../values/value.js";
import { type SettingReader, settingReader } from "./setting-kinds.js";
import { settingLines } from "./setting-lines.js";

/** A setting that a server has. */
export interface Setting {
  readonly name: string;
  /** The names by which it is found. The second one is an older one. */
  readonly names: readonly string[];
  readonly byDefault: ByteText;
  /** Who may set it: anybody, only the start, or only a server that allows it. */
  readonly access: "open" | "immutable" | "protected";
  readonly read: SettingReader;
}

const known: readonly Setting[] = settingLines.map((line) => {
  const [allNames = "", byDefault = "", kind = "", access = "open"] = line
    .split(" | ")
    .map((part) => part.trim());
  const names = allNames.split("/");
  const name = names[0] as string;
  return { name, names, byDefault, access: access as Setting["access"], read: settingReader(name, kind) };
});

const byName: ReadonlyMap<string, Setting> = new Map(
  known.flatMap((setting) => setting.names.map((name) => [name, setting])),
);

/** The settings of a server, by name. */
export class Settings {
  readonly #values = new Map(known.map(({ name, byDefault }) => [name, byDefault]));
  #limits: PackingLimits | undefined;

  /** Returns a setting by any of its names, in either case. */
  static named(name: ByteText): Setting | undefined {
    return byName.get(name.toLowerCase());
  }

  /** Sets a value that its setting has read. */
  set({ name }: Setting, value: ByteText): void {
    this.#values.set(name, value);
    this.#limits = undefined;
  }

  value({ name }: Setting): ByteText {
    return this.#values.get(name) as ByteText;
  }

  text(name: string): ByteText {
    return this.#values.get(name) ?? "";
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  flag(name: string): boolean {
    return this.text(name) === "yes";
  }

  /** All names with their values, the older names included. */
  *entries(): IterableIterator<[string, ByteText]> {
    for (const [name, setting] of byName) yield [name, this.value(setting)];
  }

  /** How large packed values may be. */
  get limits(): PackingLimits {
    this.#limits ??= {
      hash: [this.number("hash-max-listpack-entries"), this.number("hash-max-listpack-value")],
      set: [this.number("set-max-listpack-entries"), this.number("set-max-listpack-value")],
      sortedSet: [this.number("zset-max-listpack-entries"), this.number("zset-max-listpack-value")],
      integers: this.number("set-max-intset-entries"),
      list: this.number("list-max-listpack-size"),
    };
    return this.#limits;
  }
}
