import { emptyTree, type Tree } from "../files/tree.js";

/** What is mounted on `/sys`: nothing that a program would look at. */
export const sysTree: Tree = emptyTree;
