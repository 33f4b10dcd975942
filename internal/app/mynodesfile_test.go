package app

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/network/nodelog"
)

// A list of a later version or a damaged one is left as it is; logs that cannot
// be read begin anew.
func TestNodesFile(t *testing.T) {
	a := openWithRing(t, t.TempDir(), memoryKeyring{})
	for text, want := range map[string]string{`{"version":2}`: "newer version", `{"version":`: "damaged"} {
		if err := os.WriteFile(a.profile.nodes(), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := a.MyNodes(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
		if err := a.RenameNode("x", "y"); err == nil {
			t.Errorf("%s was changed", text)
		}
	}
	if err := a.keepNodeLog("x", nodelog.New()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.profile.nodeLog("x"), []byte(`{"version":7,"in":5}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if l := a.readNodeLog("x"); l.In != 0 || l.Version != nodelog.Version {
		t.Errorf("read %+v", l)
	}
}

// What happened at the same time is one notification.
func TestNodeNotice(t *testing.T) {
	off, back := NodeAlert{Name: "Attic", State: "silent"}, NodeAlert{Name: "Cellar", State: "online", Restarted: true}
	for _, c := range []struct {
		list        []NodeAlert
		title, text string
	}{
		{[]NodeAlert{off}, "A node is off", "Attic does not answer any more."},
		{[]NodeAlert{back}, "Your node is back", "Cellar is back: it was started again."},
		{[]NodeAlert{off, back}, "Several nodes need a look", "Attic does not answer any more.\nCellar is back: it was started again."},
		{[]NodeAlert{{Name: "A", State: "refusing"}}, "A node is off", "A has another token. Enter the one that it shows now."},
		{[]NodeAlert{{Name: "A", State: "offline"}}, "A node is off", "A runs, but the network does not count it as online."},
		{[]NodeAlert{{Name: "A", State: "online"}}, "Your node is back", "A is back."},
	} {
		if n := NodeNotice(c.list); n.Title != c.title || n.Text != c.text || n.Topic != NodesTopic {
			t.Errorf("%+v: %+v", c.list, n)
		}
	}
}

// A server that refuses is somebody; nothing is nobody.
func TestAnyAnswers(t *testing.T) {
	ctx := context.Background()
	if !anyAnswers(ctx, []string{"%", "http://127.0.0.1:1"}) || anyAnswers(ctx, []string{"%"}) || anyAnswers(ctx, nil) {
		t.Error("a wrong guess")
	}
}
