import { defineConfig } from "vitepress";
import { literalCode } from "../site/code.js";
import { withoutDrawings } from "../site/drawings.js";
import { links } from "../site/links.js";
import { referencePages } from "../site/reference-pages.js";

const recipes = [
  { text: "All recipes", link: "/recipes/" },
  { text: "Vitest", link: "/recipes/vitest" },
  { text: "Jest", link: "/recipes/jest" },
  { text: "node:test", link: "/recipes/node-test" },
  { text: "pytest", link: "/recipes/pytest" },
  { text: "Go", link: "/recipes/go" },
  { text: "dockerode", link: "/recipes/dockerode" },
  { text: "msw", link: "/recipes/msw" },
  { text: "testcontainers", link: "/recipes/testcontainers" },
  { text: "docker compose", link: "/recipes/compose" },
  { text: "A service of your own", link: "/recipes/own-service" },
  { text: "PostgreSQL", link: "/recipes/postgres" },
  { text: "Faults", link: "/recipes/faults" },
  { text: "Snapshots and forks", link: "/recipes/snapshots" },
  { text: "Virtual time", link: "/recipes/virtual-time" },
  { text: "One tool, two drivers", link: "/recipes/proxy" },
];

const guide = [
  { text: "Getting started", link: "/getting-started" },
  { text: "Control and faults", link: "/control" },
  { text: "How true it is", link: "/how-true" },
  { text: "What is not compared", link: "/not-compared" },
];

const teaching = [
  { text: "How to teach with it", link: "/teaching" },
  { text: "The course", link: "/course" },
  { text: "Writing a level", link: "/lessons" },
  { text: "The classroom", link: "/classroom/", target: "_self" },
];

const facts = [
  { text: "What real engines do", link: "/engine-facts" },
  { text: "Every call", link: "/calls" },
  { text: "How far Podman agrees", link: "/podman" },
];

const packages = [
  "sdk",
  "simulator",
  "kernel",
  "programs",
  "docker-cli",
  "lessons",
  "dryharbor",
  "conformance",
  "playground",
];

const extending = [
  { text: "Add to it", link: "/extending" },
  { text: "Contributing", link: "/contributing" },
  { text: "Architecture", link: "/architecture" },
];

export default defineConfig({
  title: "Dryharbor",
  description:
    "Docker networking you can import: a typed SDK for Docker, and an in-memory engine that answers alike",
  base: process.env.DOCS_BASE ?? "/",
  lang: "en",
  head: [
    [
      "link",
      { rel: "icon", type: "image/svg+xml", href: `${process.env.DOCS_BASE ?? "/"}classroom/icon.svg` },
    ],
  ],
  srcExclude: ["generated/**", "site/**", "test/**"],
  // Each page's address ends as a file, so that any static host serves it.
  cleanUrls: false,
  ignoreDeadLinks: [/^\/classroom\//],
  markdown: {
    // Braces are text here, as they are where the files are read.
    attrs: false,
    config(markdown) {
      markdown.use(links).use(literalCode).use(withoutDrawings);
    },
  },
  vite: {
    build: { chunkSizeWarningLimit: 4_000, reportCompressedSize: false },
    server: { fs: { allow: [".."] } },
  },
  themeConfig: {
    logo: "/classroom/icon.svg",
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [
      { text: "Start", link: "/getting-started" },
      { text: "Recipes", link: "/recipes/", activeMatch: "/recipes/" },
      { text: "Teach", link: "/teaching" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { text: "Classroom", link: "/classroom/", target: "_self" },
    ],
    sidebar: [
      { text: "Use it", items: guide },
      { text: "Recipes", items: recipes, collapsed: false },
      { text: "Teach and learn", items: teaching },
      { text: "Engines", items: facts },
      {
        text: "Packages",
        items: packages.map((name) => ({ text: name, link: `/packages/${name}` })),
        collapsed: true,
      },
      { text: "Reference", items: referencePages(), collapsed: true },
      { text: "Take part", items: extending },
    ],
    docFooter: { prev: "Before", next: "Next" },
  },
});
