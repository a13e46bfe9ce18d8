// The entry `@dryharbor/lessons/terminal`: the lessons as text for a terminal, in a program or in a page.
export type { Paper } from "./paper.js";
export { type Classroom, type Reply, type TaughtChapter, Teacher } from "./teacher.js";
