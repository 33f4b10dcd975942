package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testmemory"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
)

// TestSyncingHoldsNoWallet reads the memory of a stos that syncs: the wallet
// is locked by then, and only the storage account's key may be there.
func TestSyncingHoldsNoWallet(t *testing.T) {
	w := newCrashWorld(t)
	password := filepath.Join(w.dir, "password")
	if err := os.WriteFile(password, []byte(testPassword+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder := w.folder("folder")
	cmd := exec.CommandContext(t.Context(), w.stos, "--home", filepath.Join(w.dir, "base"),
		"--network", filepath.Join(w.dir, "net", "network.json"), "--password-file", password, "sync", folder)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.dir, "XDG_RUNTIME_DIR=" + w.dir, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent"}
	var out said
	cmd.Stderr = &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	var last []string
	for end := time.Now().Add(commandLimit); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if !strings.Contains(out.String(), "up to date") {
			continue
		}
		memory, err := testmemory.Read(cmd.Process.Pid)
		if err != nil {
			t.Skipf("the memory of another process cannot be read here: %v", err)
		}
		if limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", cmd.Process.Pid)); err != nil || !noCore.Match(limits) {
			t.Fatalf("a crash would leave a dump: %s, %v", limits, err)
		}
		if !bytes.Contains(memory, []byte(folder)) {
			t.Fatal("not even the folder is found: the search is broken")
		}
		if last = secretsIn(t, memory); len(last) == 0 {
			return
		}
	}
	t.Errorf("still in memory: %q\n%s", last, out.String())
}

// noCore is the line of a process that leaves no dump.
var noCore = regexp.MustCompile(`(?m)^Max core file size +[01] `)

// secretsIn names the secrets of the test wallet that memory holds. Single
// words are in the word list of every program.
func secretsIn(t *testing.T, memory []byte) (found []string) {
	t.Helper()
	key, err := keys.FromWords([]byte(testWords), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	raw := key.Bytes()
	words := strings.Fields(testWords)
	for name, needle := range map[string][]byte{
		"password": []byte(testPassword), "wallet key": raw, "part of the wallet key": raw[8:24],
		"words": []byte(strings.Join(words[:3], " ")), "last words": []byte(strings.Join(words[9:], " ")),
	} {
		if bytes.Contains(memory, needle) {
			found = append(found, name)
		}
	}
	return found
}
