package vault

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/testmemory"
	"github.com/stratosdrive/stratosdrive/wallet/keys"
	"github.com/stratosdrive/stratosdrive/wallet/secret"
)

// childPassword makes the password of the test without leaving a copy: both
// processes know it, and nothing passes it on.
func childPassword() *secret.Buffer {
	b := secret.New(2 * sha256.Size)
	b.Use(func(raw []byte) {
		secret.Do(func() {
			sum := sha256.Sum256([]byte("the password of the dump test"))
			hex.Encode(raw, sum[:])
		})
	})
	return b
}

// marker is what must be found.
func marker() []byte {
	sum := sha256.Sum256([]byte("the marker of the dump test"))
	return sum[:]
}

// liveChild lives a day of a wallet: it makes one, locks it, unlocks it, signs,
// and locks it again. Then it holds still.
func liveChild(path string) error {
	password := childPassword()
	var err error
	password.Use(func(pw []byte) { err = childLife(path, pw) })
	if err != nil {
		return err
	}
	password.Destroy()
	secret.Sweep()
	kept := marker()
	fmt.Println("locked", secret.Status())
	_, _ = io.Copy(io.Discard, os.Stdin)
	runtime.KeepAlive(kept)
	return nil
}

func childLife(path string, password []byte) error {
	words, err := keys.NewWords(24)
	if err != nil {
		return err
	}
	key, err := keys.FromWords(words, nil, 0)
	if err != nil {
		return err
	}
	content := &Content{Words: words, Created: time.Now()}
	err = Create(path, key.Public(), content, password, cheap)
	key.Wipe()
	content.Wipe()
	if err != nil {
		return err
	}
	return childUnlock(path, password)
}

func childUnlock(path string, password []byte) error {
	s, err := Unlock(path, password)
	if err != nil {
		return err
	}
	defer s.Lock()
	key, err := s.Key(0)
	if err != nil {
		return err
	}
	defer key.Wipe()
	if key.Sign([]byte("a message")) == nil {
		return errors.New("the key does not sign")
	}
	secret.Sweep() // as an app does after unlocking
	return ChangePassword(path, password, password, cheap)
}

// TestNothingStaysInMemory reads the memory of a process that used a wallet
// and locked it, all of it, also what a core dump would leave out.
func TestNothingStaysInMemory(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector maps terabytes and keeps copies of its own")
	}
	path := filepath.Join(t.TempDir(), "w.vault")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=live", pathEnv+"="+path)
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close()
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || !bytes.HasPrefix([]byte(line), []byte("locked")) {
		t.Fatalf("%q, %v", line, err)
	}
	t.Log(line)
	memory, err := testmemory.Read(cmd.Process.Pid)
	if err != nil {
		t.Skipf("the memory of another process cannot be read here: %v", err)
	}
	found := search(memory, secretsOf(t, path))
	if !found["marker"] {
		t.Fatal("not even the marker is found: the search is broken")
	}
	delete(found, "marker")
	for name := range found {
		t.Errorf("%s: a piece is still in memory", name)
	}
}

// search tells which names have a piece somewhere in memory.
func search(memory []byte, pieces map[string][][]byte) map[string]bool {
	type piece struct {
		name string
		raw  []byte
	}
	byStart := map[uint16][]piece{}
	var starts [1 << 16]bool
	for name, list := range pieces {
		for _, raw := range list {
			start := binary.LittleEndian.Uint16(raw)
			starts[start] = true
			byStart[start] = append(byStart[start], piece{name, raw})
		}
	}
	found := map[string]bool{}
	for at := range len(memory) - 1 {
		start := uint16(memory[at]) | uint16(memory[at+1])<<8
		if !starts[start] {
			continue
		}
		for _, p := range byStart[start] {
			if bytes.HasPrefix(memory[at:], p.raw) {
				found[p.name] = true
			}
		}
	}
	return found
}

// secretsOf lists what must not be found, in pieces, as it is and as HMAC
// flips it.
func secretsOf(t *testing.T, path string) map[string][][]byte {
	t.Helper()
	password := childPassword()
	defer password.Destroy()
	content, err := Open(path, password.Copy())
	if err != nil {
		t.Fatal(err)
	}
	key, err := content.Key(0)
	if err != nil {
		t.Fatal(err)
	}
	backwards := key.Bytes() // as the scalar lies in memory
	slices.Reverse(backwards)
	found := map[string][][]byte{
		"password":            pieces(password.Copy(), 12),
		"words":               threes(content.Words),
		"wallet key":          pieces(key.Bytes(), 12),
		"wallet key (scalar)": pieces(backwards, 12),
		"seed":                pieces(keys.Seed(content.Words, nil), 16),
	}
	for name, needles := range found {
		for _, pad := range []byte{0x36, 0x5c} {
			for _, n := range needles {
				found[name] = append(found[name], flip(n, pad))
			}
		}
	}
	found["marker"] = [][]byte{marker()}
	return found
}

func pieces(whole []byte, size int) (list [][]byte) {
	for at := 0; at+size <= len(whole); at++ {
		list = append(list, whole[at:at+size])
	}
	return list
}

// threes are words with their neighbours: single words are in the word list,
// and two of them may be in any text.
func threes(words []byte) (list [][]byte) {
	fields := bytes.Fields(words)
	for i := range len(fields) - 2 {
		list = append(list, bytes.Join(fields[i:i+3], []byte(" ")))
	}
	return list
}

func flip(raw []byte, pad byte) []byte {
	out := bytes.Clone(raw)
	for i := range out {
		out[i] ^= pad
	}
	return out
}
