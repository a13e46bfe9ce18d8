import { emptyTree, type Tree } from "../files/tree.js";

/** The file tree that is mounted on `/sys`. It is empty. */
export const sysTree: Tree = emptyTree;
