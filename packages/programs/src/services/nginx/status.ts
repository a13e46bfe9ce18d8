/** The texts of status lines, and the titles of pages where these differ. */
const texts: Readonly<Record<number, readonly [line: string, title?: string]>> = {
  200: ["OK"],
  201: ["Created"],
  202: ["Accepted"],
  204: ["No Content"],
  206: ["Partial Content"],
  301: ["Moved Permanently"],
  302: ["Moved Temporarily", "Found"],
  303: ["See Other"],
  304: ["Not Modified"],
  307: ["Temporary Redirect"],
  308: ["Permanent Redirect"],
  400: ["Bad Request"],
  401: ["Unauthorized", "Authorization Required"],
  402: ["Payment Required"],
  403: ["Forbidden"],
  404: ["Not Found"],
  405: ["Not Allowed"],
  406: ["Not Acceptable"],
  408: ["Request Time-out"],
  409: ["Conflict"],
  410: ["Gone"],
  411: ["Length Required"],
  412: ["Precondition Failed"],
  413: ["Request Entity Too Large"],
  414: ["Request-URI Too Large"],
  415: ["Unsupported Media Type"],
  416: ["Requested Range Not Satisfiable"],
  421: ["Misdirected Request"],
  429: ["Too Many Requests"],
  500: ["Internal Server Error"],
  501: ["Not Implemented"],
  502: ["Bad Gateway"],
  503: ["Service Temporarily Unavailable"],
  504: ["Gateway Time-out"],
  505: ["HTTP Version Not Supported"],
  507: ["Insufficient Storage"],
};

/** Returns the first line of an answer. */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${texts[status]?.[0] ?? ""}`;
}

const padding = "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";

/** Returns the page that nginx has for a status; `undefined` where it has none. */
export function pageOf(status: number, server: string, userAgent: string): string | undefined {
  const [line, title = line] = texts[status] ?? [];
  if (title === undefined || status < 300 || status === 304) return undefined;
  const heading = `${status} ${title}`;
  const isPadded = status >= 400 && /MSIE |Chrome/.test(userAgent);
  return (
    `<html>\r\n<head><title>${heading}</title></head>\r\n<body>\r\n<center><h1>${heading}</h1></center>\r\n` +
    `<hr><center>${server}</center>\r\n</body>\r\n</html>\r\n${isPadded ? padding.repeat(6) : ""}`
  );
}
