package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/testnet"
)

// The scripts below testdata/script read like a user's session; the commands
// stos and stosnet in them are the real programs.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"stos": main, "released": released})
}

func TestScripts(t *testing.T) {
	stosnet := testnet.Build(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("STOS_STOSNET", stosnet)
			env.Setenv("STOS_HOME", filepath.Join(env.WorkDir, "profile"))
			env.Setenv("XDG_RUNTIME_DIR", env.WorkDir)
			env.Setenv("STOS_PASSWORD", "correct horse")
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
			env.Defer(func() { stopNetwork(t, env) })
			return nil
		},
		Cmds:      scriptCommands(t),
		Condition: hasCondition,
	})
}

// hasCondition tells whether scripts may do what not every machine lets them.
func hasCondition(name string) (bool, error) {
	if name != "smalldisk" {
		return false, fmt.Errorf("there is no condition %s", name)
	}
	return canMount(), nil
}

// stopNetwork ends a practice network that a script left running.
func stopNetwork(t *testing.T, env *testscript.Env) {
	std := stdio{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: env.Getenv}
	if code := run(context.Background(), []string{"net", "down"}, std); code != 0 {
		t.Errorf("net down: exit code %d", code)
	}
}

// field NAME [VAR] checks that the last output is one JSON object with this
// field (a.b.0 for what lies deeper), and keeps its value in VAR.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: field NAME [VAR]")
	}
	var object map[string]any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &object); err != nil {
		ts.Fatalf("stdout is not one JSON object: %v", err)
	}
	value, there := any(object), true
	for _, name := range strings.Split(args[0], ".") {
		if value, there = inside(value, name); !there {
			ts.Fatalf("no field %s in %v", args[0], object)
		}
	}
	if len(args) == 2 {
		ts.Setenv(args[1], fmt.Sprint(value))
	}
}

// inside returns a member of an object, or an item of a list by its number.
func inside(value any, name string) (any, bool) {
	switch v := value.(type) {
	case map[string]any:
		member, there := v[name]
		return member, there
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(v) {
			return v[i], true
		}
	}
	return nil, false
}

// same A B compares two files or folders, names and contents. What the program
// keeps in a synced folder is left out.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same A B")
	}
	out, err := exec.Command("diff", "-r", "-x", ".stratosdrive", ts.MkAbs(args[0]), ts.MkAbs(args[1])).CombinedOutput()
	if (err != nil) != neg {
		ts.Fatalf("compare %s and %s: %v\n%s", args[0], args[1], err, out)
	}
}

// random FILE SIZE writes bytes that do not compress and are always the same.
func random(ts *testscript.TestScript, neg bool, args []string) {
	var size int
	if neg || len(args) != 2 {
		ts.Fatalf("usage: random FILE SIZE")
	}
	if _, err := fmt.Sscan(args[1], &size); err != nil {
		ts.Fatalf("size: %v", err)
	}
	var b bytes.Buffer
	for seed := uint32(size); b.Len() < size; seed = seed*1664525 + 1013904223 {
		b.WriteByte(byte(seed >> 24))
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o644))
}
