/**
 * Symbols for values that an engine chose by chance or by the clock: ids, times, random MAC addresses,
 * ephemeral ports. They are numbered by first appearance, so two engines that did the same get the same
 * symbols.
 */
export interface Symbols {
  /** Gives an id a name. A second id of that name is called `name 2`. An id that has a name keeps it. */
  learnId(id: string, name: string): void;
  /** Gives a name to a text that is not an id, e.g. a generated container name. */
  learnText(text: string, name: string): void;
  /** Returns the name of an id, or `undefined` if it was never learnt. */
  nameOf(id: string): string | undefined;
  /** Returns the position of an id among all that were learnt. */
  orderOf(id: string): number;
  /**
   * Replaces every known value in a text by its name in angle brackets. A time or MAC address that is new
   * gets a name.
   */
  text(value: string): string;
  /** Gives a numbered symbol to a value that its text alone does not identify, such as a port. */
  counted(kind: string, value: string): string;
}

const hexDigits = /[0-9a-f]{10,64}/g;
const zeroTime = "0001-01-01T00:00:00Z";
const time = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const mac = /\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g;
/**
 * MAC addresses that are compared by their value: those derived from a private IPv4 address, as 20.10 and 26.1 do,
 * and those that the commands give. A random one may begin with 02:42, too.
 */
const knownMac = /^(02:42:(0a|ac:1|c0:a8)|92:d0)/;
/**
 * A ULA prefix. 28.5 derives its first 48 bits from the host's id; prefixes that the commands give start with
 * fd00.
 */
const ulaPrefix = /\bfd(?!00:)[0-9a-f]{2}:[0-9a-f]{1,4}:[0-9a-f]{1,4}:/g;
const reverseUla = /(?:[0-9a-f]\.){10}(?!0\.0\.)[0-9a-f]\.[0-9a-f]\.d\.f\.ip6\.arpa/g;

export function symbols(): Symbols {
  const idNames = new Map<string, string>();
  const textNames = new Map<string, string>();
  const counts = new Map<string, number>();
  const seen = new Map<string, string>();
  /**
   * A cache of what `text` returned, emptied when a name is learnt. The same few thousand texts come at every
   * step.
   */
  const texts = new Map<string, string>();

  function numbered(name: string): string {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name} ${count}`;
  }

  function counted(kind: string, value: string): string {
    const key = `${kind} ${value}`;
    let name = seen.get(key);
    if (name === undefined) {
      const count = (counts.get(`#${kind}`) ?? 0) + 1;
      counts.set(`#${kind}`, count);
      name = `<${kind} ${count}>`;
      seen.set(key, name);
    }
    return name;
  }

  function id(digits: string): string {
    const whole = idNames.get(digits);
    if (whole !== undefined) return `<${whole}>`;
    for (const [known, name] of idNames) {
      if (known.startsWith(digits)) return `<${name}:${digits.length}>`;
    }
    return digits.length === 64 ? "<id>" : `<id:${digits.length}>`;
  }

  function symbolised(value: string): string {
    let text = value;
    for (const [known, name] of textNames) text = text.replaceAll(known, name);
    return text
      .replace(hexDigits, id)
      .replace(time, (value) => (value === zeroTime ? value : counted("time", value)))
      .replace(mac, (value) => (knownMac.test(value) ? value : counted("mac", value)))
      .replace(ulaPrefix, "<ula>:")
      .replace(reverseUla, "<ula>");
  }

  return {
    learnId(id, name) {
      if (id === "" || idNames.has(id)) return;
      idNames.set(id, numbered(name));
      texts.clear();
    },
    learnText(text, name) {
      if (text === "" || textNames.has(text)) return;
      textNames.set(text, `<${name}>`);
      texts.clear();
    },
    nameOf: (id) => idNames.get(id),
    orderOf: (id) => [...idNames.keys()].indexOf(id),
    text(value) {
      let text = texts.get(value);
      if (text === undefined) {
        text = symbolised(value);
        texts.set(value, text);
      }
      return text;
    },
    counted,
  };
}
