package app

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	server "github.com/stratosdrive/stratosdrive/internal/localnet/monitor"
	"github.com/stratosdrive/stratosdrive/network/monitor"
)

// aNode is a node of the practice network, whose clock a test sets.
type aNode struct {
	t     *testing.T
	looks atomic.Int64
	ahead atomic.Int64 // seconds
	port  string
	file  string
	*server.Monitor
}

func (n *aNode) Address() string { return "stsds1gl9ywg6jdfdgcja70ffum4ectq4fmt26ay4znv" }
func (n *aNode) Traffic() (in, out int64) {
	looks := n.looks.Add(1)
	return 3 * looks, 5 * looks
}
func (n *aNode) Used() int64 { return 700 }

func newANode(t *testing.T) *aNode {
	t.Helper()
	n := &aNode{t: t, port: "127.0.0.1:0", file: filepath.Join(t.TempDir(), "token")}
	n.start()
	t.Cleanup(func() { n.Close() })
	return n
}

func (n *aNode) start() {
	n.t.Helper()
	socket, err1 := net.Listen("tcp", n.port)
	figures, err2 := net.Listen("tcp", "127.0.0.1:0")
	if err := errors.Join(err1, err2); err != nil {
		n.t.Fatal(err)
	}
	n.port = socket.Addr().String()
	var err error
	n.Monitor, err = server.Start(server.Config{
		Node: n, Online: func() bool { return true }, Interval: 20 * time.Millisecond, TokenFile: n.file,
		Clock: func() time.Time { return time.Now().Add(time.Duration(n.ahead.Load()) * time.Second) },
	}, socket, figures)
	if err != nil {
		n.t.Fatal(err)
	}
}

func (n *aNode) url() string { return "ws://" + n.port }

func (n *aNode) token() string {
	n.t.Helper()
	raw, err := os.ReadFile(n.file)
	if err != nil {
		n.t.Fatal(err)
	}
	return strings.TrimSpace(string(raw))
}

func openWithRing(t *testing.T, home string, ring memoryKeyring) *App {
	t.Helper()
	a := openTest(t, home)
	a.opts.Keyring = ring
	return a
}

// awaitNode waits until the only node is as wanted.
func awaitNode(t *testing.T, a *App, what string, ok func(MyNode) bool) MyNode {
	t.Helper()
	events, cancel := a.Subscribe()
	defer cancel()
	limit := time.After(time.Minute)
	for {
		list, err := a.MyNodes()
		if err != nil || len(list) != 1 {
			t.Fatalf("%d nodes: %v", len(list), err)
		}
		if ok(list[0]) {
			return list[0]
		}
		select {
		case <-events:
		case <-limit:
			list[0].Hours, list[0].Days = nil, nil
			t.Fatalf("waited in vain for %s: %+v", what, list[0])
		}
	}
}

// heardBy tells whether this program hears a node, and did not only read of it.
func heardBy(a *App, id string) bool {
	k := a.keeperOfNodes()
	k.duty.mu.Lock()
	defer k.duty.mu.Unlock()
	if k.duty.guards[id] == nil {
		return false
	}
	state, _ := k.duty.watch.Health(id).State()
	return state == monitor.Online
}

// nowhereInPlain looks for a secret in all files of a profile.
func nowhereInPlain(t *testing.T, home string, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		for _, s := range secrets {
			if bytes.Contains(raw, []byte(s)) {
				t.Errorf("%s holds a secret", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A node is added by its address and token, followed over restarts of the
// program, long after its token got too old, and given another token after a
// restart of its own. Its secrets lie in no file in plain.
func TestMyNode(t *testing.T) {
	home, ring, n, ctx := t.TempDir(), memoryKeyring{}, newANode(t), context.Background()
	a := openWithRing(t, home, ring)
	added, err := a.AddNode(ctx, NewNode{Name: " Attic  box", Monitor: n.url(), Token: strings.ToUpper(n.token()) + "\n"})
	if err != nil || added.Name != "Attic box" || added.Address != n.Address() || added.Practice || !added.Named {
		t.Fatalf("added %+v: %v", added, err)
	}
	stop := a.GuardNodes(NodeGuard{})
	v := awaitNode(t, a, "traffic", func(v MyNode) bool { return v.State == "online" && v.In > 0 })
	if v.Out*3 != v.In*5 || v.Disk != 700 || v.Online.IsZero() || len(v.Hours) != shownHours || v.Hours[shownHours-1].In == 0 || v.Trouble != "" {
		t.Errorf("shown %+v", v)
	}
	stop()
	first := n.token()
	n.ahead.Store(5 * 3600)
	b := openWithRing(t, home, ring)
	stop = b.GuardNodes(NodeGuard{})
	awaitNode(t, b, "the node without a token", func(v MyNode) bool { return heardBy(b, v.ID) })
	n.Close()
	awaitNode(t, b, "the loss", func(v MyNode) bool { return v.State == "silent" && v.Trouble != "" })
	n.start()
	v = awaitNode(t, b, "the refusal", func(v MyNode) bool { return v.State == "refusing" })
	if !strings.Contains(v.Trouble, "another token") && !strings.Contains(v.Trouble, "does not take the token") {
		t.Errorf("trouble: %s", v.Trouble)
	}
	if err := b.SetNodeToken(ctx, "attic BOX", n.token()); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, b, "the node again", func(v MyNode) bool { return v.State == "online" && v.Trouble == "" })
	stop()
	f, err := b.readNodes()
	if err != nil {
		t.Fatal(err)
	}
	secrets, err := b.openNode(f, &f.Nodes[0])
	if err != nil || secrets.Token != n.token() || secrets.Ticket == "" {
		t.Fatalf("kept %+v: %v", secrets, err)
	}
	nowhereInPlain(t, home, first, n.token(), secrets.Ticket)
}

// What is wrong is refused, and nothing is kept of it.
func TestAddNodeRefuses(t *testing.T) {
	n, ctx := newANode(t), context.Background()
	a := openWithRing(t, t.TempDir(), memoryKeyring{})
	good := NewNode{Monitor: n.url(), Token: n.token()}
	for want, change := range map[string]func(*NewNode){
		"looks like ws":       func(n *NewNode) { n.Monitor = "http://127.0.0.1" },
		"64 digits":           func(n *NewNode) { n.Token = "secret" },
		"not take this token": func(n *NewNode) { n.Token = strings.Repeat("0", 64) },
		"at most 40 letters":  func(n *NewNode) { n.Name = strings.Repeat("x", 41) },
		"does not answer":     func(n *NewNode) { n.Monitor = "ws://127.0.0.1:1" },
	} {
		bad := good
		change(&bad)
		if _, err := a.AddNode(ctx, bad); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), bad.Token) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if list, err := a.MyNodes(); err != nil || len(list) != 0 {
		t.Errorf("kept %+v: %v", list, err)
	}
	if _, err := a.AddNode(ctx, good); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddNode(ctx, good); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("twice: %v", err)
	}
	if _, err := a.AddNode(ctx, NewNode{Monitor: "ws://127.0.0.1:1", Token: n.token(), Anyway: true}); err != nil {
		t.Errorf("anyway: %v", err)
	}
}

// Nodes are called what their owner says, and forgotten with all that was known.
func TestRenameAndForget(t *testing.T) {
	n := newANode(t)
	a := openWithRing(t, t.TempDir(), memoryKeyring{})
	added, err := a.AddNode(context.Background(), NewNode{Monitor: n.url(), Token: n.token()})
	if err != nil || added.Name != n.port || added.Named {
		t.Fatalf("added %+v: %v", added, err)
	}
	if err := a.RenameNode(n.Address(), "Cellar"); err != nil {
		t.Fatal(err)
	}
	if got, err := a.MyNode("cellar"); err != nil || got.ID != added.ID || !got.Named || got.State != "online" {
		t.Errorf("%+v: %v", got, err)
	}
	if _, err := os.Stat(a.profile.nodeLog(added.ID)); err != nil {
		t.Error(err)
	}
	for name, err := range map[string]error{
		"rename": a.RenameNode("nobody", "x"), "long": a.RenameNode("cellar", strings.Repeat("x", 50)), "forget": a.ForgetNode("nobody"),
		"token": a.SetNodeToken(context.Background(), "nobody", n.token()),
	} {
		if err == nil {
			t.Errorf("%s did not fail", name)
		}
	}
	if err := a.ForgetNode("Cellar"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(a.profile.nodeLog(added.ID)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the log stays: %v", err)
	}
	if _, err := a.MyNode("Cellar"); !errors.Is(err, errNoSuchNode) {
		t.Error(err)
	}
}

// Without a keyring, secrets lie under the key of the storage account: they are
// there again when the wallet is unlocked.
func TestNodeUnderTheWallet(t *testing.T) {
	home, n, ctx := t.TempDir(), newANode(t), context.Background()
	a := openTest(t, home)
	if _, err := a.AddNode(ctx, NewNode{Monitor: n.url(), Token: n.token()}); err == nil || !strings.Contains(err.Error(), "Unlock") {
		t.Errorf("kept under nothing: %v", err)
	}
	addTestWallet(t, a)
	if _, err := a.AddNode(ctx, NewNode{Monitor: n.url(), Token: n.token()}); err != nil {
		t.Fatal(err)
	}
	nowhereInPlain(t, home, n.token())
	b := openTest(t, home)
	if !b.NodesNeedKey() {
		t.Error("needs no key")
	}
	b.GuardNodes(NodeGuard{})
	awaitNode(t, b, "the lock", func(v MyNode) bool { return strings.Contains(v.Trouble, "Unlock the wallet") })
	if err := b.Unlock(ctx, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	awaitNode(t, b, "the node", func(v MyNode) bool { return v.State == "online" })
}
