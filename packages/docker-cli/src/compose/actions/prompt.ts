// Asks a question that a yes answers.

import { confirm } from "../../command/confirm.js";
import type { ComposeContext } from "./context.js";

/** Asks on standard output. Anything but `y` is a no. */
export const askUser = ({ io }: ComposeContext, question: string): Promise<boolean> => confirm(io, `? ${question}`);
