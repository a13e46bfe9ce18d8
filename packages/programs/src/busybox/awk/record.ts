import type { ByteText } from "../byte-text.js";
import { AwkError } from "./awk-error.js";
import { ComputedCell, type Specials } from "./cells.js";
import { fieldsOf, type Separator } from "./splitting.js";
import { asInt, isTrue, numberOf, OutsideText, type Value } from "./value.js";

/** What a record needs to know of the program. */
export interface RecordSettings {
  readonly specials: Specials;
  textOf(value: Value): ByteText;
}

/** The current record: `$0` and its fields, each made from the other when it is asked for. */
export class CurrentRecord {
  /** The variable `NF`. */
  readonly count = new ComputedCell(
    () => this.#split().length,
    (value) => this.#resize(asInt(numberOf(value))),
  );
  readonly #settings: RecordSettings;
  /** `$0`, or `undefined` when the fields have changed. */
  #whole: { readonly value: Value } | undefined = { value: undefined };
  /** The fields, or `undefined` when `$0` has changed. */
  #fields: Value[] | undefined = [];
  /** How to divide `$0`, as it was when the record came. */
  #separator: Separator | undefined;
  /** `OFS` as it was when the fields changed. */
  #between = "";

  constructor(settings: RecordSettings) {
    this.#settings = settings;
  }

  /** Returns `$0` or a field. */
  get(index: number): Value {
    if (index > 0) return this.#split()[index - 1] ?? "";
    this.#whole ??= { value: new OutsideText(this.#joined()) };
    return this.#whole.value;
  }

  set(index: number, value: Value): void {
    if (index === 0) {
      this.#whole = { value };
      this.#fields = undefined;
      this.#separator = separatorOf(this.#settings);
      return;
    }
    const fields = this.#split();
    while (fields.length < index) fields.push("");
    fields[index - 1] = value;
    this.#fieldsChanged();
  }

  #resize(count: number): void {
    if (count < 0) throw new AwkError("NF set to negative value");
    const fields = this.#split();
    while (fields.length < count) fields.push("");
    fields.length = count;
    this.#fieldsChanged();
  }

  #fieldsChanged(): void {
    const { specials, textOf } = this.#settings;
    this.#between = textOf(specials.OFS.value);
    this.#whole = undefined;
  }

  #joined(): ByteText {
    const { textOf } = this.#settings;
    return (this.#fields ?? []).map((field) => textOf(field)).join(this.#between);
  }

  #split(): Value[] {
    if (this.#fields) return this.#fields;
    const { textOf } = this.#settings;
    const separator = this.#separator ?? separatorOf(this.#settings);
    const whole = textOf(this.#whole?.value);
    this.#fields = fieldsOf(whole, separator).map((field) => new OutsideText(field));
    return this.#fields;
  }
}

/** How records are divided at present. */
function separatorOf({ specials, textOf }: RecordSettings): Separator {
  return {
    at: textOf(specials.FS.value),
    ignoreCase: isTrue(specials.IGNORECASE.value),
    newlines: textOf(specials.RS.value) === "",
  };
}
