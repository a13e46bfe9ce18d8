/**
 * Whether a client's API version, e.g. `1.41`, is older than another. A client that names none
 * speaks the engine's newest.
 */
export function isOlder(version: string | undefined, than: string): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
