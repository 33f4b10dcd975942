package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
)

// scriptCommands are what the scripts know besides the programs.
func scriptCommands(t *testing.T) map[string]func(*testscript.TestScript, bool, []string) {
	plain := map[string]func(*testscript.TestScript, []string){
		"cheapwallet": func(ts *testscript.TestScript, args []string) { cheapWallet(t, ts.MkAbs(args[0])) },
		"code":        exitCode, "inuse": awaitInUse, "arrives": awaitFile, "killnetwork": killNetwork, "nowhere": nowhere,
		"clip":     func(ts *testscript.TestScript, args []string) { makeClip(t, ts, args) },
		"releases": releases, "publish": publish, "otherkey": otherKey, "smalldisk": smallDisk, "fill": fillDisk, "readonly": readOnly,
	}
	all := map[string]func(*testscript.TestScript, bool, []string){"field": field, "same": same, "random": random}
	for name, do := range plain {
		all[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) == 0 {
				ts.Fatalf("%s stands alone and needs arguments", name)
			}
			do(ts, args)
		}
	}
	return all
}

// code N COMMAND... runs a command that must fail with this exit code, in one
// plain sentence; with --json in one object as well.
func exitCode(ts *testscript.TestScript, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("the exit code should be %s: %v", args[0], err)
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stderr")), "\n")
	sentence, ours := strings.CutPrefix(lines[len(lines)-1], "stos: ")
	if !ours {
		ts.Fatalf("the last line is no sentence of stos: %s", lines[len(lines)-1])
	}
	if bad := notPlain(sentence); bad != "" {
		ts.Fatalf("%s: %s", bad, sentence)
	}
	stdout := ts.ReadFile("stdout")
	if !strings.Contains(strings.Join(args, " "), " --json") {
		if stdout != "" {
			ts.Fatalf("a failure printed a result: %s", stdout)
		}
		return
	}
	d := json.NewDecoder(strings.NewReader(stdout))
	var report struct {
		Error string `json:"error"`
		Code  int    `json:"exit_code"`
	}
	if err := d.Decode(&report); err != nil || report.Error != sentence || strconv.Itoa(report.Code) != args[0] {
		ts.Fatalf("the report is %+v, %v", report, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		ts.Fatalf("there is more than one object: %s", stdout)
	}
}

// notPlain says what of an error is not for people.
func notPlain(text string) string {
	for _, inner := range []string{
		": open ", ": read ", ": write ", "\n", "goroutine", "dial tcp", "EOF", "panic", "context ", "errno", "no such file", "sqlite", "%!",
	} {
		if strings.Contains(text, inner) {
			return fmt.Sprintf("an error speaks of %q", inner)
		}
	}
	if text == unexpected {
		return "an error has no words of its own"
	}
	return ""
}

// inuse PROFILE waits until a program works on the drive of a profile.
func awaitInUse(ts *testscript.TestScript, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "drive", "*", "*", "lock"))
	if err != nil || len(found) != 1 {
		ts.Fatalf("locks of the drive: %v, %v", found, err)
	}
	poll(ts, "the drive is in use", func() bool { return !isFree(ts, found[0]) })
}

// arrives FILE waits until there is a file.
func awaitFile(ts *testscript.TestScript, args []string) {
	poll(ts, args[0]+" is there", func() bool {
		_, err := os.Lstat(ts.MkAbs(args[0]))
		return err == nil
	})
}

// killnetwork PROFILE kills the practice network of a profile.
func killNetwork(ts *testscript.TestScript, args []string) {
	dir := filepath.Join(ts.MkAbs(args[0]), "net")
	n, err := network.Read(filepath.Join(dir, network.FileName))
	ts.Check(err)
	p, err := os.FindProcess(n.PID)
	ts.Check(err)
	ts.Check(p.Kill())
	poll(ts, "the network is gone", func() bool { return isFree(ts, filepath.Join(dir, "lock")) })
}

func isFree(ts *testscript.TestScript, path string) bool {
	lock := flock.New(path)
	free, err := lock.TryLock()
	ts.Check(err)
	if free {
		ts.Check(lock.Unlock())
	}
	return free
}

// poll waits for what another process does.
func poll(ts *testscript.TestScript, what string, ok func() bool) {
	for end := time.Now().Add(commandLimit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return
		}
	}
	ts.Fatalf("waited in vain until %s", what)
}

// nowhere TEXT DIR checks that no file below DIR holds TEXT; of a link, its key
// counts.
func nowhere(ts *testscript.TestScript, args []string) {
	text := args[0]
	if _, key, link := strings.Cut(text, "#"); link {
		text = key
	}
	err := filepath.WalkDir(ts.MkAbs(args[1]), func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		raw, err := os.ReadFile(path)
		if bytes.Contains(raw, []byte(text)) {
			ts.Fatalf("%s holds a secret", path)
		}
		return err
	})
	ts.Check(err)
}

// otherkey VAR LINK puts a link with another key into VAR.
func otherKey(ts *testscript.TestScript, args []string) {
	share, key, found := strings.Cut(args[1], "#")
	if !found {
		ts.Fatalf("this link has no key")
	}
	first := "A"
	if key[:1] == first {
		first = "B"
	}
	ts.Setenv(args[0], share+"#"+first+key[1:])
}
