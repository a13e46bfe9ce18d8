// Shows what is typed at a prompt at once. The shell's own echo, which comes when the worker has time, is then left out.
// Where something else comes first, what was shown is taken back.

const back = new TextEncoder().encode("\b \b");

export class Echo {
  /** What was shown, and has not come from the shell yet. */
  #ahead = "";
  #isOn = false;

  /** Whether a shell waits for a line. */
  set isOn(isOn: boolean) {
    this.#isOn = isOn;
  }

  /**
   * Returns what is to be shown at once of what was typed.
   * @param room how many columns are left in the line: at its end the shell goes on in the next one in its own way
   */
  typed(data: string, room: number): string {
    if (!this.#isOn) return "";
    if (/^[ -~]$/.test(data) && room > 1) {
      this.#ahead += data;
      return data;
    }
    // Any other key may do anything, and a line that is sent is no longer waited for.
    this.#isOn = data !== "\r" && room > 1 && this.#ahead === "";
    return "";
  }

  /** Returns what is to be shown of what has come. */
  came(data: Uint8Array): Uint8Array {
    if (this.#ahead === "") return data;
    let same = 0;
    while (same < data.length && same < this.#ahead.length && data[same] === this.#ahead.charCodeAt(same))
      same++;
    if (same === data.length || same === this.#ahead.length) {
      this.#ahead = this.#ahead.slice(same);
      return data.subarray(same);
    }
    const erased = this.#ahead.length - same;
    this.#ahead = "";
    const whole = new Uint8Array(erased * back.length + data.length - same);
    for (let index = 0; index < erased; index++) whole.set(back, index * back.length);
    whole.set(data.subarray(same), erased * back.length);
    return whole;
  }
}
