// The least that Node can do: answers each request with the same bytes. bare-server.mjs SOCKET FILE
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [socket, file] = process.argv.slice(2);
const { headers, body } = JSON.parse(readFileSync(file, "utf8"));
createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(socket, () => console.log("ready"));
