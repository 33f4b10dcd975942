package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// driveCommands are what scripts about the drive know besides the commands of
// the others. A device NAME has its folder in NAME.
func driveCommands(t *testing.T, netDir string) map[string]func(*testscript.TestScript, bool, []string) {
	all := scriptCommands(t)
	plain := map[string]func(*testscript.TestScript, []string){
		"on": func(ts *testscript.TestScript, args []string) { onDevice(t, ts, args[0]) },
		"sync": func(ts *testscript.TestScript, args []string) {
			for _, name := range args {
				onDevice(t, ts, name)
				ts.Check(ts.Exec("stos", "sync", name, "--once", "--json"))
			}
		},
		"stranger": func(ts *testscript.TestScript, args []string) { stranger(t, ts, args[0]) },
		"arrives":  func(ts *testscript.TestScript, args []string) { awaitArrival(t, ts, args[0], args[1]) },
		"tells":    func(ts *testscript.TestScript, args []string) { awaitStatus(t, ts, args[0], args[1]) },
		"write":    writeText, "many": writeMany, "count": countFiles, "conflicts": countConflicts,
		"lose": loseFiles, "flaky": func(ts *testscript.TestScript, args []string) { breakAfter(t, ts, args) },
		"loseslices": func(ts *testscript.TestScript, args []string) { loseSlices(ts, netDir, args) },
		"offline":    func(ts *testscript.TestScript, _ []string) { ts.Setenv("STOS_NETWORK", ts.MkAbs("gone.json")) },
		"online":     func(ts *testscript.TestScript, _ []string) { ts.Setenv("STOS_NETWORK", ts.Getenv("NETWORK")) },
	}
	for name, do := range plain {
		all[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			if neg || len(args) == 0 && name != "offline" && name != "online" {
				ts.Fatalf("%s stands alone and needs arguments", name)
			}
			do(ts, args)
		}
	}
	return all
}

// stranger NAME goes to a device of somebody else, who has no ozone.
func stranger(t *testing.T, ts *testscript.TestScript, name string) {
	words, err := keys.NewWords(12)
	ts.Check(err)
	openDevice(t, ts, name, string(words))
}

// arrives DEVICE FILE syncs a device until a file is there.
func awaitArrival(t *testing.T, ts *testscript.TestScript, name, path string) {
	onDevice(t, ts, name)
	poll(ts, path+" arrives", func() bool {
		ts.Check(ts.Exec("stos", "sync", name, "--once"))
		_, err := os.Stat(ts.MkAbs(path))
		return err == nil
	})
}

// tells DEVICE TEXT waits until the program that syncs on a device says this.
func awaitStatus(t *testing.T, ts *testscript.TestScript, name, text string) {
	onDevice(t, ts, name)
	poll(ts, name+" tells "+text, func() bool {
		ts.Check(ts.Exec("stos", "drive", "status", "--json"))
		return strings.Contains(ts.ReadFile("stdout"), text)
	})
}

// write FILE TEXT... writes a small file, making its folders.
func writeText(ts *testscript.TestScript, args []string) {
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	ts.Check(os.WriteFile(path, []byte(strings.Join(args[1:], " ")+"\n"), 0o644))
}

// many DIR N TEXT writes N small files that begin with TEXT.
func writeMany(ts *testscript.TestScript, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	for i := range n {
		writeText(ts, []string{filepath.Join(args[0], fmt.Sprintf("file%03d.txt", i)), args[2], strconv.Itoa(i)})
	}
}

// count DIR N checks how many files and links a folder holds.
func countFiles(ts *testscript.TestScript, args []string) {
	if n := len(filesIn(ts, args[0])); strconv.Itoa(n) != args[1] {
		ts.Fatalf("%s holds %d files: %q", args[0], n, filesIn(ts, args[0]))
	}
}

// conflicts DIR N checks how many conflict copies a folder holds.
func countConflicts(ts *testscript.TestScript, args []string) {
	n := 0
	for _, name := range filesIn(ts, args[0]) {
		n += strings.Count(name, "(conflict, ")
	}
	if strconv.Itoa(n) != args[1] {
		ts.Fatalf("%s holds %d conflict copies: %q", args[0], n, filesIn(ts, args[0]))
	}
}

func filesIn(ts *testscript.TestScript, dir string) (names []string) {
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == ".stratosdrive" {
			return fs.SkipDir
		}
		if err == nil && !e.IsDir() {
			names = append(names, strings.TrimPrefix(path, root+"/"))
		}
		return err
	}))
	return names
}

// lose MIN makes the network lose all of the drive's files of at least MIN
// bytes.
func loseFiles(ts *testscript.TestScript, args []string) {
	least, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	ts.Check(ts.Exec("stos", "ls", "--network", "--account", "storage", "--json"))
	var list struct {
		Files []struct {
			ID   string
			Size int64
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &list))
	lost := 0
	for _, f := range list.Files {
		if f.Size >= least {
			ts.Check(ts.Exec("stos", "rm", f.ID, "--account", "storage"))
			lost++
		}
	}
	if lost == 0 {
		ts.Fatalf("no file is that large: %+v", list)
	}
}

// loseslices MIN MAX takes the slices of these sizes from the disks of all
// nodes. Other scripts use the same network, so sizes must be one's own.
func loseSlices(ts *testscript.TestScript, netDir string, args []string) {
	least, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	most, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	lost := 0
	ts.Check(filepath.WalkDir(netDir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || filepath.Base(filepath.Dir(path)) != "slices" {
			return nil // a folder may go while it is walked
		}
		if info, err := e.Info(); err == nil && info.Size() >= least && info.Size() <= most {
			lost++
			return os.Remove(path)
		}
		return nil
	}))
	if lost == 0 {
		ts.Fatalf("no node has a slice of that size")
	}
}

// flaky N goes through a gateway that answers N calls and then none.
func breakAfter(t *testing.T, ts *testscript.TestScript, args []string) {
	n, err := network.Read(ts.Getenv("NETWORK"))
	ts.Check(err)
	left, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	var calls atomic.Int64
	for i, g := range n.Gateways {
		target, err := url.Parse(g.RPC)
		ts.Check(err)
		proxy := httputil.NewSingleHostReverseProxy(target)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if calls.Add(1) > left {
				panic(http.ErrAbortHandler)
			}
			proxy.ServeHTTP(w, r)
		}))
		t.Cleanup(server.Close)
		n.Gateways[i].RPC = server.URL
	}
	raw, err := json.Marshal(n)
	ts.Check(err)
	path := ts.MkAbs("flaky.json")
	ts.Check(os.WriteFile(path, raw, 0o600))
	ts.Setenv("STOS_NETWORK", path)
}
