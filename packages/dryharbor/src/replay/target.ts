// What of a recorded target belongs to the time and the engine of the record.

/** Moves `since` and `until` by so many milliseconds: events of the record's hour are asked for as those of this one. */
export function movedInTime(target: string, by: number): string {
  return target.replaceAll(/([?&](?:since|until)=)(\d{10})(\.\d+)?/g, (_, name, seconds, rest = "") => {
    return `${name}${Number(seconds) + Math.round(by / 1000)}${rest}`;
  });
}

/** Lowers an API version that an engine does not speak, as clients do that ask it first. */
export function atVersion(target: string, newest: string): string {
  return target.replace(/^\/v(\d+)\.(\d+)(?=\/)/, (given, major, minor) => {
    const [newestMajor = 0, newestMinor = 0] = newest.split(".").map(Number);
    const isNewer =
      Number(major) > newestMajor || (Number(major) === newestMajor && Number(minor) > newestMinor);
    return isNewer ? `/v${newest}` : given;
  });
}
