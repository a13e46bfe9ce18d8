import { describe, expect, it } from "vitest";
import { Echo } from "./echo.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (data: Uint8Array) => new TextDecoder().decode(data);

describe("what is typed at a prompt", () => {
  it("is shown at once, and its echo is left out", () => {
    const echo = new Echo();
    echo.isOn = true;
    expect([..."ls"].map((key) => echo.typed(key)).join("")).toBe("ls");
    expect(text(echo.came(bytes("l")))).toBe("");
    expect(text(echo.came(bytes("s\r\nfile\r\n")))).toBe("\r\nfile\r\n");
    expect(text(echo.came(bytes("more")))).toBe("more");
  });

  it("is taken back where something else comes first", () => {
    const echo = new Echo();
    echo.isOn = true;
    echo.typed("l");
    echo.typed("s");
    // The l of the output is taken for that of the echo, which looks the same.
    expect(text(echo.came(bytes("late\r\n$ ls")))).toBe("\b \bate\r\n$ ls");
  });

  it("is not shown while a command runs, nor behind a key that may do anything", () => {
    const echo = new Echo();
    expect(echo.typed("x")).toBe("");
    echo.isOn = true;
    expect(echo.typed("\r")).toBe("");
    expect(echo.typed("p")).toBe("");
    expect(text(echo.came(bytes("p")))).toBe("p");
  });
});
