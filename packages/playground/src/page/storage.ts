// What the browser keeps for the learner: progress, the session, and how the page looks. A browser that keeps nothing,
// as a private window may, forgets.

type Key = "progress" | "theme" | "motion" | "session" | "release";

export function kept(key: Key): string | undefined {
  try {
    return localStorage.getItem(`dryharbor ${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keep(key: Key, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(`dryharbor ${key}`);
    else localStorage.setItem(`dryharbor ${key}`, value);
  } catch {
    // There is nothing to be done about it.
  }
}
