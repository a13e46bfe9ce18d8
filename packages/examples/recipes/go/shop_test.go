package shop

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/docker/docker/api/types"
	"github.com/docker/docker/api/types/container"
	"github.com/docker/docker/client"
)

// TestMain serves an engine for the tests of this package.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		command := os.Getenv("DRYHARBOR") // where Dryharbor is not installed as a command, say how to start it
		if command == "" {
			command = "npx dryharbor"
		}
		words := append(strings.Fields(command), "serve", "--host", "tcp://127.0.0.1:0")
		server := exec.Command(words[0], words[1:]...)
		server.Stderr = os.Stderr
		output, err := server.StdoutPipe()
		if err == nil {
			err = server.Start()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer server.Wait()
		defer server.Process.Signal(os.Interrupt)
		// It prints DOCKER_HOST=… when it is ready.
		line, err := bufio.NewReader(output).ReadString('\n')
		if err != nil {
			fmt.Fprintln(os.Stderr, "dryharbor did not start:", err)
			return 1
		}
		os.Setenv("DOCKER_HOST", strings.TrimPrefix(strings.TrimSpace(line), "DOCKER_HOST="))
		return m.Run()
	}())
}

// A container on a network of one's own has its name there, and the engine refuses a second one of that name.
func TestNames(t *testing.T) {
	ctx := context.Background()
	docker, err := client.NewClientWithOpts(client.FromEnv, client.WithAPIVersionNegotiation())
	if err != nil {
		t.Fatal(err)
	}
	defer docker.Close()

	if _, err := docker.NetworkCreate(ctx, "shop", types.NetworkCreate{}); err != nil {
		t.Fatal(err)
	}
	create := func() (container.ContainerCreateCreatedBody, error) {
		config := &container.Config{Image: "busybox", Cmd: []string{"sleep", "3600"}}
		host := &container.HostConfig{NetworkMode: "shop"}
		return docker.ContainerCreate(ctx, config, host, nil, nil, "db")
	}
	db, err := create()
	if err != nil {
		t.Fatal(err)
	}
	if err := docker.ContainerStart(ctx, db.ID, types.ContainerStartOptions{}); err != nil {
		t.Fatal(err)
	}
	network, err := docker.NetworkInspect(ctx, "shop", types.NetworkInspectOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := network.Containers[db.ID]; got.Name != "db" || got.IPv4Address != "172.18.0.2/16" {
		t.Errorf("the network shows %+v", got)
	}

	_, err = create()
	if err == nil || !strings.Contains(err.Error(), `The container name "/db" is already in use`) {
		t.Errorf("the second container of the name: %v", err)
	}
}
