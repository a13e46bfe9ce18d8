import { describe, expect, it } from "vitest";
import { Echo } from "./echo.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

describe("what is typed at a prompt", () => {
  it("is shown at once, and its echo is left out", () => {
    const echo = new Echo();
    echo.isOn = true;
    expect([..."ls"].map((key) => echo.typed(key, 80)).join("")).toBe("ls");
    expect(text(echo.came(bytes("l")))).toBe("");
    expect(text(echo.came(bytes("s\r\nfile\r\n")))).toBe("\r\nfile\r\n");
    expect(text(echo.came(bytes("more")))).toBe("more");
  });

  it("is taken back where something else comes first", () => {
    const echo = new Echo();
    echo.isOn = true;
    echo.typed("l", 80);
    echo.typed("s", 80);
    // The l of the output is taken for that of the echo, which looks the same.
    expect(text(echo.came(bytes("late\r\n$ ls")))).toBe("\b \bate\r\n$ ls");
  });

  it("is not shown while a command runs, nor behind a key that may do anything", () => {
    const echo = new Echo();
    expect(echo.typed("x", 80)).toBe("");
    echo.isOn = true;
    expect(echo.typed("\r", 80)).toBe("");
    expect(echo.typed("p", 80)).toBe("");
    expect(text(echo.came(bytes("p")))).toBe("p");
  });

  it("is the shell's to show from the end of a line on, where it goes on in the next one", () => {
    const echo = new Echo();
    echo.isOn = true;
    expect(echo.typed("a", 2)).toBe("a");
    expect(echo.typed("b", 1)).toBe("");
    expect(echo.typed("c", 80)).toBe("");
    expect(text(echo.came(bytes("ab\r\nc")))).toBe("b\r\nc");
  });
});
