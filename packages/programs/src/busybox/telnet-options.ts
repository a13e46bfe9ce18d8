// What telnet and its server agree on: the commands in the stream from the server, and the answers to them.

const iac = 255;
const verbs = { dont: 254, do: 253, wont: 252, will: 251 } as const;
const begin = 250;
const end = 240;

const options = { echo: 1, suppressGoAhead: 3, terminalType: 24, windowSize: 31, environment: 39 } as const;

/** What the client has to offer. */
export interface Offer {
  readonly terminalType: string | undefined;
  readonly user: string | undefined;
  readonly columns: number;
  readonly rows: number;
}

/** What a piece of the server's stream comes to. */
export interface Piece {
  /** The text for the user. */
  readonly text: Uint8Array;
  /** The commands to send back. */
  readonly answer: Uint8Array;
  /** Whether the server echoes, where it has just said so. */
  readonly echoes: boolean | undefined;
}

type State = "normal" | "command" | "option" | "subnegotiation" | "end of subnegotiation" | "carriage return";

/** The longest subnegotiation, in bytes. */
const longestSubnegotiation = 255;

/** The negotiation of one connection. */
export class Negotiation {
  readonly #offer: Offer;
  #state: State = "normal";
  #verb = 0;
  #subnegotiated = 0;
  #echo: boolean | undefined;
  #hasIntroduced = false;
  readonly #done = new Set<"suppressGoAhead" | "terminalType" | "windowSize" | "environment">();

  constructor(offer: Offer) {
    this.#offer = offer;
  }

  /** Takes the next piece of the server's stream. */
  take(data: Uint8Array): Piece {
    const text: number[] = [];
    const wanted = new Set<number>();
    const echoBefore = this.#echo;
    for (const byte of data) this.#step(byte, text, wanted);
    const isEchoChanged = this.#echo !== echoBefore;
    if (isEchoChanged) wanted.add(options.echo);
    return {
      text: Uint8Array.from(text),
      answer: Uint8Array.from(this.#answer(wanted)),
      echoes: isEchoChanged ? this.#echo : undefined,
    };
  }

  /** The command that tells whether the user wants the server to echo, once the server has been heard. */
  wish(echo: boolean): Uint8Array {
    this.#echo = echo;
    return this.#hasIntroduced
      ? Uint8Array.of(iac, echo ? verbs.do : verbs.dont, options.echo)
      : new Uint8Array();
  }

  #step(byte: number, text: number[], wanted: Set<number>): void {
    switch (this.#state) {
      case "carriage return":
        this.#state = "normal";
        if (byte !== 0) this.#step(byte, text, wanted);
        break;
      case "normal":
        if (byte === iac) this.#state = "command";
        else {
          if (byte === 13) this.#state = "carriage return";
          text.push(byte);
        }
        break;
      case "command":
        this.#state = "normal";
        if (byte === iac) text.push(byte);
        else if (byte === begin) {
          this.#state = "subnegotiation";
          this.#subnegotiated = 0;
        } else if (byte >= verbs.will && byte <= verbs.dont) {
          this.#verb = byte;
          this.#state = "option";
        }
        break;
      case "option":
        this.#state = "normal";
        this.#hear(byte, wanted);
        break;
      case "subnegotiation":
        if (++this.#subnegotiated === longestSubnegotiation) this.#state = "normal";
        else if (byte === iac) this.#state = "end of subnegotiation";
        break;
      case "end of subnegotiation":
        this.#state = byte === end ? "normal" : "subnegotiation";
        break;
    }
  }

  #hear(option: number, wanted: Set<number>): void {
    const will = this.#verb === verbs.will;
    if (will || this.#verb === verbs.wont) {
      if (option === options.echo) this.#echo = will;
      else if (option === options.suppressGoAhead && will && !this.#done.has("suppressGoAhead"))
        wanted.add(option);
    } else if (this.#verb === verbs.do) {
      const { terminalType, user } = this.#offer;
      const isOffered =
        (option === options.terminalType && terminalType !== undefined && !this.#done.has("terminalType")) ||
        (option === options.environment && user !== undefined && !this.#done.has("environment")) ||
        (option === options.windowSize && !this.#done.has("windowSize"));
      if (isOffered) wanted.add(option);
    }
  }

  /** The first answer introduces the client: it names all that it has to offer. */
  #answer(wanted: ReadonlySet<number>): number[] {
    const { terminalType, user, columns, rows } = this.#offer;
    const bytes: number[] = [];
    if (wanted.has(options.echo)) bytes.push(iac, this.#echo ? verbs.do : verbs.dont, options.echo);
    if (wanted.has(options.suppressGoAhead)) {
      bytes.push(iac, verbs.do, options.suppressGoAhead);
      this.#done.add("suppressGoAhead");
    }
    if (wanted.size > 0 && !this.#hasIntroduced) {
      this.#hasIntroduced = true;
      bytes.push(iac, verbs.will, options.windowSize);
      if (terminalType !== undefined) bytes.push(iac, verbs.will, options.terminalType);
      if (user !== undefined) bytes.push(iac, verbs.will, options.environment);
    }
    if (wanted.has(options.windowSize)) {
      const size = [columns >> 8, columns & 0xff, rows >> 8, rows & 0xff];
      bytes.push(iac, begin, options.windowSize, ...escaped(size), iac, end);
      this.#done.add("windowSize");
    }
    if (wanted.has(options.terminalType)) {
      const name = escaped(new TextEncoder().encode(terminalType));
      bytes.push(iac, begin, options.terminalType, 0, ...name, iac, end);
      this.#done.add("terminalType");
    }
    if (wanted.has(options.environment)) {
      const name = [0, ...new TextEncoder().encode("USER"), 1, ...escaped(new TextEncoder().encode(user))];
      bytes.push(iac, begin, options.environment, 0, ...name, iac, end);
      this.#done.add("environment");
    }
    return bytes;
  }
}

function escaped(bytes: Iterable<number>): number[] {
  return Array.from(bytes).flatMap((byte) => (byte === iac ? [iac, iac] : [byte]));
}

/** Writes what a user types as telnet sends it: lines end in `\r\n`, and 255 is doubled. */
export function typed(data: Uint8Array): Uint8Array {
  return Uint8Array.from(
    Array.from(data).flatMap((byte) => {
      if (byte === iac) return [iac, iac];
      return byte === 13 || byte === 10 ? [13, 10] : [byte];
    }),
  );
}
