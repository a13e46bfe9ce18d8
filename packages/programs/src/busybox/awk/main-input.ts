import { FileError } from "@dryharbor/kernel";
import type { ByteText } from "../byte-text.js";
import { AwkError } from "./awk-error.js";
import type { Specials } from "./cells.js";
import type { RecordReader } from "./record-reader.js";
import type { Streams } from "./streams.js";
import { unescaped } from "./tokens.js";
import { numberOf, OutsideText, type Value } from "./value.js";

/** What the input needs to know of the program. */
export interface InputSettings {
  readonly specials: Specials;
  readonly ignoreCase: boolean;
  textOf(value: Value): ByteText;
}

/** An assignment among the arguments. */
export interface Assignment {
  readonly name: string;
  readonly value: ByteText;
}

/** Reads an assignment such as `name=value`, with the escapes of a string. */
export function assignmentOf(text: ByteText): Assignment | undefined {
  const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(text) ?? [];
  return name === undefined || value === undefined ? undefined : { name, value: unescaped(value) };
}

/** A file among the arguments that cannot be opened. */
export class MissingInput extends Error {}

/** The records of the files that the arguments name, or of standard input when they name none. */
export class MainInput {
  readonly #streams: Streams;
  readonly #settings: InputSettings;
  readonly #assign: (assignment: Assignment) => void;
  #reader: RecordReader | undefined;
  #argument = 0;
  #hadFile = false;
  #ended = false;

  constructor(streams: Streams, settings: InputSettings, assign: (assignment: Assignment) => void) {
    this.#streams = streams;
    this.#settings = settings;
    this.#assign = assign;
  }

  /** Reads the next record and counts it. Returns `undefined` at the end of the last file. */
  async next(): Promise<ByteText | undefined> {
    const { specials } = this.#settings;
    for (;;) {
      this.#reader ??= this.#nextFile();
      if (!this.#reader) return undefined;
      const record = await this.#read(this.#reader);
      if (record) {
        specials.RT.value = record.terminator;
        specials.NR.value = numberOf(specials.NR.value) + 1;
        specials.FNR.value = numberOf(specials.FNR.value) + 1;
        return record.text;
      }
      this.#reader = undefined;
    }
  }

  /** Goes on with the next file. */
  skipFile(): void {
    this.#reader = undefined;
  }

  async #read(reader: RecordReader) {
    const { specials, textOf, ignoreCase } = this.#settings;
    try {
      return await reader.next(textOf(specials.RS.value), ignoreCase);
    } catch (error) {
      if (error instanceof FileError) throw new AwkError(error.message);
      throw error;
    }
  }

  #nextFile(): RecordReader | undefined {
    const { specials, textOf } = this.#settings;
    if (this.#ended) return undefined;
    while (++this.#argument < numberOf(specials.ARGC.value)) {
      const key = String(this.#argument);
      if (!specials.ARGV.array.has(key)) continue;
      const name = textOf(specials.ARGV.array.get(key));
      const assignment = assignmentOf(name);
      if (assignment) this.#assign(assignment);
      else if (name !== "") return this.#openFile(name);
    }
    this.#ended = true;
    return this.#hadFile ? undefined : this.#openFile("-");
  }

  #openFile(name: ByteText): RecordReader {
    const { specials } = this.#settings;
    this.#hadFile = true;
    specials.FILENAME.value = new OutsideText(name);
    specials.FNR.value = 0;
    specials.ARGIND.value = this.#argument;
    if (name === "-") return this.#streams.input();
    try {
      return this.#streams.records(name);
    } catch (error) {
      if (error instanceof FileError) throw new MissingInput(`${name}: ${error.message}`);
      throw error;
    }
  }
}
