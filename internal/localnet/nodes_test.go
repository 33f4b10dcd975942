package localnet

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// TestNodePortsAreKept: those of a node belong to it, whether others come or
// go, and a removed node gives its own up.
func TestNodePortsAreKept(t *testing.T) {
	dir := t.TempDir()
	u := start(t, Options{Dir: dir, Nodes: 3, Replicas: 1})
	before := u.network.Nodes
	f, done, err := Manage(t.Context(), dir)
	must(t, err)
	must(t, f.Stop(t.Context(), "2"))
	must(t, f.Remove(t.Context(), "1"))
	added, err := f.Add(t.Context(), 1<<30, 3)
	must(t, err)
	done()
	now, err := network.Read(filepath.Join(dir, network.FileName))
	must(t, err)
	if len(now.Nodes) != 3 || now.Nodes[0] != before[1] || now.Nodes[1] != before[2] || now.Nodes[2].P2P != added.Address {
		t.Errorf("nodes %+v, before: %+v", now.Nodes, before)
	}
	checkAnswers(t, now.Nodes[0], false)
	checkAnswers(t, now.Nodes[2], true)
	u.down()
	again := start(t, Options{Dir: dir, Nodes: 3, Replicas: 1})
	if !slices.Equal(again.network.Nodes, now.Nodes) {
		t.Errorf("other nodes after the restart: %+v", again.network.Nodes)
	}
	checkAnswers(t, again.network.Nodes[0], false) // it stays off
	again.down()
	checkResting(t, dir)
}

// checkResting: a network that does not run can be looked at only.
func checkResting(t *testing.T, dir string) {
	t.Helper()
	f, done, err := Manage(t.Context(), dir)
	must(t, err)
	defer done()
	list, err := f.Nodes(t.Context())
	if err != nil || len(list) != 3 || list[0].State != "stopped" {
		t.Errorf("nodes of the resting network: %+v, %v", list, err)
	}
	if err := f.Start(t.Context(), "2"); !strings.Contains(fault.Sentence(err), "not running") {
		t.Errorf("started a node of a resting network: %v", err)
	}
	if err := Up(t.Context(), Options{Dir: dir}); err == nil {
		t.Error("it was started while somebody looks at it")
	}
	if r, err := f.Check(t.Context(), false, nil); err != nil || len(r.Problems) != 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// checkAnswers tells whether the monitor and the metrics of a node are there.
func checkAnswers(t *testing.T, n network.Node, want bool) {
	t.Helper()
	for url, status := range map[string]int{
		strings.Replace(n.Monitor, "ws://", "http://", 1): http.StatusNotFound, n.Metrics: http.StatusOK,
	} {
		r, err := http.Get(url)
		if err == nil {
			r.Body.Close()
		}
		if (err == nil) != want || err == nil && r.StatusCode != status {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestTakenNodePort: what another program took is replaced, and a line says so.
func TestTakenNodePort(t *testing.T) {
	dir := t.TempDir()
	u := start(t, Options{Dir: dir, Nodes: 2, Replicas: 1})
	before := u.network.Nodes
	u.down()
	l, err := net.Listen("tcp", strings.TrimPrefix(before[1].Monitor, "ws://"))
	must(t, err)
	defer l.Close()
	again := start(t, Options{Dir: dir, Nodes: 2, Replicas: 1})
	now := again.network.Nodes
	if now[0] != before[0] || now[1].Metrics != before[1].Metrics || now[1].Monitor == before[1].Monitor {
		t.Errorf("nodes %+v, before: %+v", now, before)
	}
	if !strings.Contains(again.progress.String(), "taken by another program") {
		t.Errorf("progress: %s", again.progress.String())
	}
	again.down()
}

// TestReferencePortsOfNodes: only the gateway's node has those of the
// reference.
func TestReferencePortsOfNodes(t *testing.T) {
	h := &hold{dir: t.TempDir(), choice: ReferencePorts}
	p, socket, figures, err := h.listenNode("2", false)
	must(t, err)
	socket.Close()
	figures.Close()
	if p.Monitor == referenceNode.Monitor || len(h.kept.Nodes) != 1 {
		t.Errorf("another node: %+v", p)
	}
	p, socket, figures, err = h.listenNode("1", true)
	if err != nil { // somebody else has them
		if !strings.Contains(fault.Sentence(err), "is taken by another program") {
			t.Error(err)
		}
		return
	}
	socket.Close()
	figures.Close()
	if p.Monitor != 18381 || p.Metrics != 18181 || len(h.kept.Nodes) != 1 {
		t.Errorf("the gateway's node: %+v, kept %+v", p, h.kept.Nodes)
	}
}

func TestManageNeedsANetwork(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := Manage(t.Context(), dir); fault.ExitCode(err) != int(fault.WrongUse) {
		t.Errorf("empty folder: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("something was made: %v, %v", left, err)
	}
}
