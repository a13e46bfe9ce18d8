# What a program that uses the gem docker-api sees: every answer is printed, errors with them.
require "docker"
require "json"
# Debian's package of the gem uses it without loading it.
require "rubygems/package"

def show(label, value)
  puts "#{label}: #{JSON.pretty_generate(value)}"
end

def attempt(label)
  show(label, yield)
rescue Docker::Error::DockerError => error
  show(label, [error.class.name, error.message])
rescue Excon::Error::HTTPStatus => error
  show(label, [error.class.name, error.response.body])
end

since = Time.now.to_i
show("version", Docker.version.slice("Version", "ApiVersion", "Os"))
show("ping", Docker.ping)
show("info", Docker.info.slice("Driver", "Containers", "Images"))

config = { "IPAM" => { "Config" => [{ "Subnet" => "10.92.0.0/24", "Gateway" => "10.92.0.1" }] }, "Labels" => { "a" => "b" } }
net = Docker::Network.create("gem", config)
show("network", net.info)
attempt("again") { Docker::Network.create("gem", "CheckDuplicate" => true).info }
attempt("overlap") { Docker::Network.create("clash", "IPAM" => { "Config" => [{ "Subnet" => "10.92.0.128/25" }] }).info }
attempt("no network") { Docker::Network.get("nope").info }
show("networks", Docker::Network.all.map { |each| each.info["Name"] }.sort)

db = Docker::Container.create("name" => "db", "Image" => "busybox", "Cmd" => ["sleep", "1000"], "HostConfig" => { "NetworkMode" => "gem" })
db.start
web = Docker::Container.create(
  "name" => "web", "Image" => "busybox", "Cmd" => ["sh", "-c", "echo out; echo err >&2; exec sleep 1000"],
  "ExposedPorts" => { "80/tcp" => {} },
  "HostConfig" => { "PortBindings" => { "80/tcp" => [{ "HostPort" => "18092" }] }, "ExtraHosts" => ["far:10.9.9.9"] }
)
attempt("name in use") { Docker::Container.create("name" => "web", "Image" => "busybox").id }
attempt("no image") { Docker::Container.create("Image" => "nonesuch").id }
web.start
net.connect("web", {}, "EndpointConfig" => { "Aliases" => ["www"], "IPAMConfig" => { "IPv4Address" => "10.92.0.50" } })
attempt("connect twice") { net.connect("web") }
attempt("bad address") { net.connect("db", {}, "EndpointConfig" => { "IPAMConfig" => { "IPv4Address" => "10.1.1.1" } }) }
show("web", web.json.slice("Config", "Mounts", "NetworkSettings"))
show("members", Docker::Network.get("gem").info["Containers"].values.map { |each| each.slice("Name", "IPv4Address") }.sort_by { |each| each["Name"] })
show("listed", Docker::Container.all(all: true, filters: { network: ["gem"] }.to_json).map { |each| each.info.slice("Names", "Ports", "State") })
show("exec", db.exec(["ping", "-c", "1", "-W", "2", "www"]).then { |out, err, code| [out[0].lines.first, err, code] })
show("exec in", db.exec(["cat"], stdin: StringIO.new("typed\n")))
show("exec fails", web.exec(["sh", "-c", "echo no >&2; exit 5"]))
attempt("exec of nothing") { web.exec(["nonesuch"]).last }
show("hosts", web.read_file("/etc/hosts").lines.sort.last(2))
web.store_file("/tmp/stored", "stored")
show("stored", web.read_file("/tmp/stored"))
attempt("no file") { web.read_file("/nope") }
show("changes", web.changes.map { |each| [each["Path"], each["Kind"]] }.sort)
show("logs", web.logs(stdout: true, stderr: true).bytes.length)
show("top", web.top.map { |each| each.keys })
web.pause
attempt("paused") { web.exec(["true"]) }
web.unpause
web.rename("renamed")
show("name", web.json["Name"])
image = web.commit("repo" => "copy", "tag" => "1")
show("committed", Docker::Image.get("copy:1").info["Config"].slice("Cmd", "Env"))
image.remove(force: true)
built = Docker::Image.build("FROM busybox\nENV MADE=here\nRUN echo built > /made\nCMD [\"cat\", \"/made\"]\n")
ran = built.run
ran.wait
show("built", ran.logs(stdout: true)[8..])
ran.remove
built.remove(force: true)
events = []
Docker::Event.since(since, until: Time.now.to_i + 1, filters: { type: ["network"] }.to_json) { |event| events << event.action if event.actor.attributes["name"] == "gem" }
show("events", events.sort)
net.disconnect("renamed")
attempt("not there") { net.disconnect("renamed") }
attempt("in use") { net.remove }
web.kill(signal: "SIGTERM")
web.kill
show("end", web.wait["StatusCode"])
[web, db].each { |each| each.delete(force: true) }
show("pruned", Docker::Network.prune)
show("left", Docker::Network.all.map { |each| each.info["Name"] }.sort)
attempt("gone") { web.json }
