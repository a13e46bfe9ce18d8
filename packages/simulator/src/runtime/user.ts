/** Who runs a process. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** As `User` names one: `user`, `user:group`, each a name or a number. By /etc/passwd, in which the images have root alone. */
export function userOf(text: string): User {
  const [user = "", group = ""] = text.split(":");
  return { uid: numberOf(user), gid: numberOf(group) };
}

function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : 0;
}
