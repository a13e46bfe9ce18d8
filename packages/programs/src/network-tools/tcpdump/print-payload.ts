// What segments carry, as tcpdump prints it: HTTP, and the protocol of Redis.

const methods = new Set(
  `GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK REPORT UPDATE NOTIFY
BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT
MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL`.split(/\s+/),
);

const httpPorts = new Set([80, 8080, 3128]);

/** Returns whether what goes to or from a port is taken as HTTP. */
export function isHttpPort(port: number): boolean {
  return httpPorts.has(port);
}

/** Formats a piece of HTTP: its first line, or all lines of its head. */
export function httpText(payload: Uint8Array, verbosity: number): string {
  const text = new TextDecoder("latin1").decode(payload);
  const [first = ""] = text.split(/\r?\n/, 1);
  const [word = ""] = /^\S*/.exec(first) ?? [];
  const isHead = (methods.has(word) || /^HTTP\/\d/.test(word)) && first !== text;
  if (verbosity === 0) return isHead ? `: HTTP: ${shown(first)}` : ": HTTP";
  if (!isHead) return ": HTTP";
  const [head = ""] = /^[\s\S]*?(?:\r?\n\r?\n|$)/.exec(text) ?? [];
  const lines = head.replace(/\r?\n$/, "").split(/\r?\n/);
  return `: HTTP, length: ${payload.length}${lines.map((line) => `\n\t${shown(line)}`).join("")}`;
}

/** Formats what Redis and its clients say. */
export function respText(payload: Uint8Array): string {
  const reader = new RespReader(new TextDecoder("latin1").decode(payload));
  return `: RESP${reader.all()}`;
}

/** Reads values of the protocol of Redis one after another. */
class RespReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  all(): string {
    let shownSoFar = "";
    while (this.#at < this.#text.length) shownSoFar += this.#value();
    return shownSoFar;
  }

  #value(): string {
    const line = this.#line();
    const rest = line.slice(1);
    switch (line[0]) {
      case "+":
      case "-":
      case ":":
        return ` "${shown(rest)}"`;
      case "$":
        return this.#bulk(Number(rest));
      case "*": {
        const count = Number(rest);
        if (count < 0) return " null";
        if (count === 0) return " empty";
        let elements = "";
        for (let index = 0; index < count && this.#at < this.#text.length; index++) elements += this.#value();
        return elements;
      }
      default:
        return line === "" ? "" : ` "${shown(line)}"`;
    }
  }

  #bulk(length: number): string {
    if (length < 0) return " null";
    if (length === 0) {
      this.#line();
      return " empty";
    }
    const text = this.#text.slice(this.#at, this.#at + length);
    this.#at += length + 2;
    return ` "${shown(text)}"`;
  }

  #line(): string {
    const end = this.#text.indexOf("\r\n", this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 2;
    return line;
  }
}

/** Shows characters that cannot be printed as `^A` and `M-^A`. */
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are meant.
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f-\xff]/g, (character) => {
    const code = character.charCodeAt(0);
    const low = code & 0x7f;
    const plain =
      low < 0x20 || low === 0x7f ? `^${String.fromCharCode(low ^ 0x40)}` : String.fromCharCode(low);
    return code >= 0x80 ? `M-${plain}` : plain;
  });
}
