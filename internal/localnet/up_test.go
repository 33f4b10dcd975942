package localnet

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// lines collects the progress of a network.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// up is a network that runs in this process.
type up struct {
	t        *testing.T
	network  network.Network
	progress lines
	stop     context.CancelFunc
	ended    chan error
}

// start runs a network and waits for its description.
func start(t *testing.T, o Options) *up {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	u := &up{t: t, stop: cancel, ended: make(chan error, 1)}
	o.Progress = &u.progress
	go func() { u.ended <- Up(ctx, o) }()
	t.Cleanup(cancel)
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		var err error
		if u.network, err = network.Read(filepath.Join(o.Dir, network.FileName)); err == nil {
			return u
		}
		select {
		case err := <-u.ended:
			t.Fatalf("the network ended: %v\n%s", err, u.progress.String())
		default:
		}
	}
	t.Fatalf("the network is not ready\n%s", u.progress.String())
	return nil
}

// down stops the network and expects a clean end.
func (u *up) down() {
	u.t.Helper()
	u.stop()
	select {
	case err := <-u.ended:
		if err != nil {
			u.t.Fatalf("the network ended with %v", err)
		}
	case <-time.After(time.Minute):
		u.t.Fatal("the network does not stop")
	}
}

func getJSON(t *testing.T, url string, out any) {
	t.Helper()
	a, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(out); err != nil || a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, a.Status, err)
	}
}

func postJSON(t *testing.T, url string, in, out any) {
	t.Helper()
	raw, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := http.Post(url, "application/json", bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(out); err != nil || a.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", url, a.Status, err)
	}
}

func TestNetworkServesStopsAndGoesOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	began := time.Now()
	u := start(t, Options{Dir: dir})
	if took := time.Since(began); took > 10*time.Second {
		t.Logf("ready after %v", took) // a busy machine may take longer
	}
	n := u.network
	if n.ChainID != "stratos-local-1" || n.Name != network.Local || n.PID != os.Getpid() || len(n.Nodes) != DefaultNodes || len(n.Gateways) != 1 {
		t.Errorf("description %+v", n)
	}
	checkLoopback(t, dir, n)
	key, err := stratos.NewPrivateKey(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	address := key.Address().String()
	var credit struct{ Hash string }
	postJSON(t, n.Faucet+"/credit", map[string]string{"address": address}, &credit)
	if len(credit.Hash) != 64 {
		t.Errorf("faucet: %+v", credit)
	}
	if oz := u.ozone(address); oz != "0" {
		t.Errorf("ozone before the purchase: %s", oz)
	}
	u.prepay(key)
	bought := u.awaitOzone(address)
	checkSecond(t, dir)
	u.down()
	if _, err := os.Stat(filepath.Join(dir, network.FileName)); !os.IsNotExist(err) {
		t.Errorf("the description is left: %v", err)
	}
	again := start(t, Options{Dir: dir})
	if again.network.RPC != n.RPC || again.network.Gateways[0] != n.Gateways[0] || again.network.Nodes[0] != n.Nodes[0] {
		t.Errorf("other addresses after the restart: %+v", again.network)
	}
	if oz := again.ozone(address); oz != bought {
		t.Errorf("ozone after the restart: %s, not %s", oz, bought)
	}
	again.down()
}

// checkLoopback: everything is on 127.0.0.1 and the description is private.
func checkLoopback(t *testing.T, dir string, n network.Network) {
	t.Helper()
	urls := []string{n.RPC, n.REST, "http://" + n.GRPC, n.Faucet, n.Gateways[0].RPC, n.Gateways[0].REST}
	for _, one := range n.Nodes {
		urls = append(urls, strings.Replace(one.Monitor, "ws://", "http://", 1), one.Metrics)
		if !filepath.IsAbs(one.TokenFile) {
			t.Errorf("token file %s", one.TokenFile)
		}
	}
	for _, url := range urls {
		if !strings.HasPrefix(url, "http://127.0.0.1:") {
			t.Errorf("address %s", url)
		}
	}
	info, err := os.Stat(filepath.Join(dir, network.FileName))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("description: %v, %v", info, err)
	}
}

// checkSecond: a folder has one network.
func checkSecond(t *testing.T, dir string) {
	t.Helper()
	err := Up(t.Context(), Options{Dir: dir})
	if err == nil || !strings.HasPrefix(fault.Sentence(err), "A network is running in this folder already") {
		t.Errorf("second network: %v", err)
	}
}

func TestKeptPortIsTaken(t *testing.T) {
	dir := t.TempDir()
	u := start(t, Options{Dir: dir, Nodes: 2, Replicas: 1})
	first := u.network
	u.down()
	l, err := net.Listen("tcp", strings.TrimPrefix(first.Gateways[0].RPC, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	again := start(t, Options{Dir: dir, Nodes: 2, Replicas: 1})
	if again.network.Gateways[0].RPC == first.Gateways[0].RPC || again.network.RPC != first.RPC {
		t.Errorf("addresses: %+v, before: %+v", again.network, first)
	}
	if !strings.Contains(again.progress.String(), "taken by another program") {
		t.Errorf("progress: %s", again.progress.String())
	}
	again.down()
}

func TestReferencePortIsTaken(t *testing.T) {
	l, err := net.Listen("tcp", address(referencePorts.Gateway))
	if err == nil { // else somebody else has it, which is as good
		defer l.Close()
	}
	err = Up(t.Context(), Options{Dir: t.TempDir(), Ports: ReferencePorts})
	if err == nil || !strings.Contains(fault.Sentence(err), "is taken by another program") {
		t.Errorf("error %v", err)
	}
}

func TestWrongOptions(t *testing.T) {
	for _, o := range []Options{
		{},
		{Dir: "x", Nodes: -1},
		{Dir: "x", Nodes: 3},
		{Dir: "x", Replicas: 9},
		{Dir: "x", Ports: "other"},
		{Dir: "x", Epoch: time.Millisecond},
		{Dir: "x", LogInterval: time.Millisecond},
	} {
		if err := Up(t.Context(), o); fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Up(t.Context(), Options{Dir: filepath.Join(file, "d")}); fault.Sentence(err) == "" || fault.ExitCode(err) != 1 {
		t.Errorf("folder in a file: %v", err)
	}
}

func TestExplain(t *testing.T) {
	for err, want := range map[error]string{
		fmt.Errorf("write: %w", diskFull):        "disk is full",
		fmt.Errorf("open: %w", fs.ErrPermission): "may not write",
		fault.Say(nil, "A sentence."):            "A sentence.",
		fmt.Errorf("anything"):                   "inner error",
	} {
		if got := fault.Sentence(explain(t.TempDir(), err)); !strings.Contains(got, want) {
			t.Errorf("%v: %s", err, got)
		}
	}
	if explain(t.TempDir(), nil) != nil {
		t.Error("no error has a sentence")
	}
}
