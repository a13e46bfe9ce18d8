// The pages that Apache has for statuses.

/** Titles and texts; `{method}` and `{url}` stand for those of the request. */
const pages: Readonly<Record<number, readonly [title: string, text: string]>> = {
  301: ["Moved Permanently", '<p>The document has moved <a href="{url}">here</a>.</p>'],
  400: ["Bad Request", "<p>Your browser sent a request that this server could not understand.<br />\n</p>"],
  403: ["Forbidden", "<p>You don't have permission to access this resource.</p>"],
  404: ["Not Found", "<p>The requested URL was not found on this server.</p>"],
  405: ["Method Not Allowed", "<p>The requested method {method} is not allowed for this URL.</p>"],
  416: [
    "Requested Range Not Satisfiable",
    "<p>None of the range-specifier values in the Range\nrequest-header field overlap the current extent\n" +
      "of the selected resource.</p>",
  ],
  501: ["Not Implemented", "<p>{method} not supported for current URL.<br />\n</p>"],
};

const texts: Readonly<Record<number, string>> = {
  200: "OK",
  206: "Partial Content",
  304: "Not Modified",
  412: "Precondition Failed",
};

/** The first line of an answer. */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${pages[status]?.[0] ?? texts[status] ?? ""}`;
}

const begin = '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n';

function asHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Returns the page of a status. */
export function pageOf(status: number, method: string, url: string): string {
  const [title, text] = pages[status] as readonly [string, string];
  const body = text.replace("{method}", asHtml(method)).replace("{url}", asHtml(url));
  return (
    `${begin}<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n${body}\n` +
    "</body></html>\n"
  );
}

/** Returns the page that lists a directory. */
export function listingOf(path: string, names: readonly string[]): string {
  const shown = path === "/" ? "/" : path.replace(/\/$/, "");
  const parent =
    path === "/" ? "" : `<li><a href="${shown.replace(/[^/]*$/, "")}"> Parent Directory</a></li>\n`;
  const items = names.map((name) => `<li><a href="${encodeURI(name)}"> ${asHtml(name)}</a></li>\n`).join("");
  return (
    `${begin}<html>\n <head>\n  <title>Index of ${asHtml(shown)}</title>\n </head>\n <body>\n` +
    `<h1>Index of ${asHtml(shown)}</h1>\n<ul>${parent}${items}</ul>\n</body></html>\n`
  );
}
