// What somebody reads where this program itself is at fault: no stack, and what to do.

/**
 * Says that the program is at fault.
 * @returns the exit code
 */
export function crashed(error: unknown): number {
  // Whoever reads may stop reading, as `head` does. That is nobody's fault.
  if ((error as NodeJS.ErrnoException | undefined)?.code === "EPIPE") return 141;
  const tells = Boolean(process.env.DRYHARBOR_DEBUG);
  if (tells) console.error(error);
  const advice = tells ? "" : ". With DRYHARBOR_DEBUG=1 in its environment it tells where";
  console.error(`dryharbor: it has stopped at a fault of its own, not of yours${advice}`);
  return 70;
}
