// Light and dark, and how much may move. Both follow the system until the learner chooses.
import { keep, kept } from "./storage.js";

type Theme = "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

/** The theme that is shown now. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return dark.matches ? "dark" : "light";
}

/** Calls a listener when the theme changes. */
export function onTheme(listener: () => void): void {
  listeners.add(listener);
}

function tell(): void {
  for (const each of listeners) each();
}

/** Changes to the other theme. */
export function switchTheme(): void {
  const other = theme() === "dark" ? "light" : "dark";
  const isSystems = (other === "dark") === dark.matches;
  if (isSystems) delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = other;
  keep("theme", isSystems ? undefined : other);
  tell();
}

/** Whether things may move. */
export function setMotion(isReduced: boolean): void {
  if (isReduced) document.documentElement.dataset.motion = "reduced";
  else delete document.documentElement.dataset.motion;
  keep("motion", isReduced ? "reduced" : undefined);
}

export function isMotionReduced(): boolean {
  return document.documentElement.dataset.motion === "reduced";
}

const chosen = kept("theme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
if (kept("motion") === "reduced") document.documentElement.dataset.motion = "reduced";
dark.addEventListener("change", tell);
