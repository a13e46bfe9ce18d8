import { newTerminalSettings, withoutLines } from "@dryharbor/kernel";
import { Terminal } from "@dryharbor/kernel/host";
import { describe, expect, it } from "vitest";

function typing() {
  const happened: string[] = [];
  const text = (data: Uint8Array): string => JSON.stringify(new TextDecoder().decode(data));
  const terminal = new Terminal({
    echo: (data) => happened.push(`echo ${text(data)}`),
    line: (data) => happened.push(`line ${text(data)}`),
    endOfFile: () => happened.push("end"),
    signal: (number) => happened.push(`signal ${number}`),
  });
  return {
    terminal,
    happened,
    type(keys: string): string[] {
      happened.length = 0;
      terminal.type(new TextEncoder().encode(keys));
      return [...happened];
    },
  };
}

describe("what is typed at a terminal", () => {
  it("is read by the line, whichever way that ends", () => {
    const { type } = typing();
    expect(type("ab")).toEqual(['echo "ab"']);
    expect(type("c\rd\n")).toEqual(['echo "c\\n"', 'line "abc\\n"', 'echo "d\\n"', 'line "d\\n"']);
  });

  it("can be taken back, control keys with both their signs", () => {
    const { type } = typing();
    expect(type("a\x01\x7f")).toEqual(['echo "a^A\\b \\b\\b \\b"']);
    expect(type("bc\x15d\n")).toEqual(['echo "bc\\b \\b\\b \\b\\b \\bd\\n"', 'line "d\\n"']);
  });

  it("ends the file at the start of a line, and a line elsewhere", () => {
    const { type } = typing();
    expect(type("ab\x04")).toEqual(['echo "ab"', 'line "ab"']);
    expect(type("\x04")).toEqual(["end"]);
  });

  it("goes to the reader at once without lines, and is echoed and a signal only where that is set", () => {
    const { terminal, type } = typing();
    terminal.settings = withoutLines(terminal.settings);
    expect(type("a\r\x03\x7f")).toEqual(['line "a\\r\\u0003\x7f"']);
    terminal.settings = withoutLines(newTerminalSettings, { signals: true });
    expect(type("\x03b")).toEqual(["signal 2", 'line "b"']);
    const flags = new Set(newTerminalSettings.flags);
    flags.delete("icanon");
    terminal.settings = { ...newTerminalSettings, flags };
    expect(type("a\x1b")).toEqual(['echo "a^["', 'line "a\\u001b"']);
  });

  it("can be read as far as it is typed when lines end to count", () => {
    const { terminal, type, happened } = typing();
    type("ab");
    happened.length = 0;
    terminal.settings = withoutLines(terminal.settings);
    expect(happened).toEqual(['line "ab"']);
  });

  it("uses the keys of the settings", () => {
    const { terminal, type } = typing();
    terminal.settings = { ...newTerminalSettings, keys: { ...newTerminalSettings.keys, erase: 8, intr: 0 } };
    expect(type("ab\bc\x03\n")).toEqual(['echo "ab\\b \\bc^C\\n"', 'line "ac\\u0003\\n"']);
  });

  it("is a signal, and gone with it", () => {
    const { type } = typing();
    expect(type("ab\x03c\n")).toEqual(['echo "ab^C"', "signal 2", 'echo "c\\n"', 'line "c\\n"']);
  });
});
