// Turns of the event loop: how a busy process lets others run, and how virtual time waits for it.

/** The number of processes that rest now, and go on with the next turn. */
let resting = 0;

/** Lets everybody else run for a turn. */
export async function rest(): Promise<void> {
  resting++;
  await nextTurn();
  resting--;
}

/** A process that never waits rests again and again, and time must pass for the others. */
const mostTurns = 8;

/** Resolves when all pending promise callbacks have run, also those of processes that rest meanwhile. */
export async function settled(): Promise<void> {
  let turns = 0;
  do await nextTurn();
  while (resting > 0 && ++turns < mostTurns);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
