// Prints the targets that promtool found, in an order of their own: it walks Go maps.
let text = "";
for await (const chunk of process.stdin) text += chunk;
const targets = JSON.parse(text).map((each) => each.discoveredLabels);
const key = (labels) =>
  [labels.__address__, labels.__meta_docker_container_name, labels.__meta_docker_network_name].join();
for (const labels of targets.sort((one, other) => (key(one) < key(other) ? -1 : 1))) {
  console.log(JSON.stringify(labels, null, 1));
}
