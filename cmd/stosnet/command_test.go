package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/localnet"
	"github.com/stratosdrive/stratosdrive/internal/localnet/control"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// ran is what a command said and how it ended.
type ran struct {
	out, err string
	code     int
}

// binary is built once for all commands of a test run.
var binary struct {
	once sync.Once
	path string
}

// run runs the stosnet binary.
func run(t testing.TB, args ...string) ran {
	t.Helper()
	var out, said bytes.Buffer
	binary.once.Do(func() { binary.path = testnet.Build(t) })
	cmd := exec.Command(binary.path, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	cmd.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return ran{out.String(), said.String(), cmd.ProcessState.ExitCode()}
}

// within runs a command in this process.
func within(t testing.TB, args ...string) ran {
	t.Helper()
	var out, said bytes.Buffer
	cmd := root()
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&said)
	err := cmd.ExecuteContext(t.Context())
	tell(cmd, err)
	return ran{out.String(), said.String(), fault.ExitCode(err)}
}

// on runs a command for the network in dir that has to succeed.
func on(t testing.TB, dir string, args ...string) string {
	t.Helper()
	r := run(t, append(args, "--dir", dir)...)
	if r.code != 0 {
		t.Fatalf("stosnet %s ended with %d: %s%s", strings.Join(args, " "), r.code, r.out, r.err)
	}
	return r.out
}

// nodesOf lists the nodes of the network in dir.
func nodesOf(t testing.TB, dir string) []control.Node {
	t.Helper()
	var list struct{ Nodes []control.Node }
	if err := json.Unmarshal([]byte(on(t, dir, "node", "list", "--json")), &list); err != nil {
		t.Fatal(err)
	}
	return list.Nodes
}

// checked runs stosnet check.
func checked(t testing.TB, dir string) (report control.Report, code int) {
	t.Helper()
	r := run(t, "check", "--json", "--dir", dir)
	if err := json.Unmarshal([]byte(r.out), &report); err != nil {
		t.Fatalf("check: %v: %s%s", err, r.out, r.err)
	}
	return report, r.code
}

// awaitSound has the store checked until all is well: copies that are just
// being moved or made again are there in the end.
func awaitSound(t testing.TB, dir string) control.Report {
	t.Helper()
	f, done, err := localnet.Manage(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		report, err := f.Check(t.Context(), false, nil)
		if err == nil && len(report.Problems) == 0 {
			return report
		}
		if time.Now().After(end) {
			t.Fatalf("the store is not sound: %v, %+v", err, report)
		}
	}
}

func TestCommandsSayWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"node", 0, ""},
		{"node x", 2, `"x" is not a command of stosnet`},
		{"node list", 2, "Which network?"},
		{"node list --dir " + dir, 2, "There is no practice network in this folder."},
		{"check --dir " + dir, 2, "There is no practice network in this folder."},
		{"node rm --dir " + dir, 2, "Give the name of one storage node"},
		{"node add --dir " + dir + " --capacity 10XB", 2, `"10XB" is no size for a storage node.`},
		{"node add --dir " + dir + " --capacity -1GB", 2, "is no size for a storage node."},
		{"up --dir " + dir + " --log-interval 1us", 2, "between 10ms and 1h"},
		{"epoch", 0, ""},
		{"epoch close --dir " + dir, 2, "There is no practice network in this folder."},
		{"up --dir " + dir + " --block-rest 1us", 2, "between 1ms and 1m"},
		{"check --nothing", 2, "unknown flag"},
	} {
		r := within(t, strings.Fields(c.args)...)
		if r.code != c.code || !strings.Contains(r.err, c.says) {
			t.Errorf("stosnet %s: %d: %s", c.args, r.code, r.err)
		}
		var answer struct {
			Error string
			Code  int `json:"exit_code"`
		}
		if c.code == 0 {
			continue
		}
		r = within(t, append(strings.Fields(c.args), "--json")...)
		if err := json.Unmarshal([]byte(r.out), &answer); strings.Contains(c.args, "--nothing") {
			continue // wrong flags are told before it is known what is wanted
		} else if err != nil || answer.Code != c.code || !strings.Contains(answer.Error, c.says) || r.err != "" {
			t.Errorf("stosnet %s --json: %v: %s%s", c.args, err, r.out, r.err)
		}
	}
}
