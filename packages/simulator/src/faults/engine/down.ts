// Who listens for clients hears here when the engine goes down and comes back: servers close their doors meanwhile.

/** Somebody who carries requests to an engine. */
export interface Door {
  /** The engine is down. Whoever comes is refused, and connections break. */
  close(): void;
  /** The engine is back. */
  open(): void;
}

/** The doors of engines, by an object that stands for the engine. */
const doors = new WeakMap<object, Set<Door>>();

/** Lets a door hear of an engine, until the returned function is called. */
export function addDoor(engine: object, door: Door): () => void {
  const all = doors.get(engine) ?? new Set();
  doors.set(engine, all.add(door));
  return () => all.delete(door);
}

/** Closes or opens all doors of an engine. */
export function moveDoors(engine: object, move: keyof Door): void {
  for (const door of doors.get(engine) ?? []) door[move]();
}
