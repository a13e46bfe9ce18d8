/**
 * Makes the text of `/etc/shadow` for users.
 *
 * @param users the lines of `/etc/passwd`
 * @param fields the fields behind the name of a user, with colons between them
 */
export function shadowOf(users: string, fields: (name: string) => string): string {
  const names = users.split("\n").flatMap((line) => (line === "" ? [] : [line.split(":", 1)[0] as string]));
  return names.map((name) => `${name}:${fields(name)}\n`).join("");
}
