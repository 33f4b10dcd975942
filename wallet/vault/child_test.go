package vault

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"
)

// What a test binary becomes when it is started again by a test.
const (
	childEnv = "STOS_VAULT_TEST_CHILD" // which child
	pathEnv  = "STOS_VAULT_TEST_PATH"  // of its vault
)

// TestMain becomes a child when asked to.
func TestMain(m *testing.M) {
	path := os.Getenv(pathEnv)
	var err error
	switch os.Getenv(childEnv) {
	case "live":
		err = liveChild(path)
	case "change":
		err = changingChild(path)
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Println("child:", err)
		os.Exit(1)
	}
}

// changingChild changes the password to and fro until it is killed.
func changingChild(path string) error {
	from, to := []byte("secret"), []byte("another")
	if _, err := Open(path, from); err != nil {
		from, to = to, from
	}
	for {
		if err := ChangePassword(path, from, to, cheap); err != nil {
			return err
		}
		from, to = to, from
		fmt.Println("changed")
	}
}

// TestKilledWhileChangingThePassword kills a program that does nothing else:
// one of the two passwords always opens the vault, and its content is whole.
func TestKilledWhileChangingThePassword(t *testing.T) {
	path := create(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range 8 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"=change", pathEnv+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range 1 + random.IntN(3) {
			if !lines.Scan() || lines.Text() != "changed" {
				t.Fatalf("child says %q", lines.Text())
			}
		}
		for range random.IntN(1 << 20) { // anywhere within the next change
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		forgetTries(path) // the kill may have come after a try was counted
		c, err := Open(path, []byte("secret"))
		if err != nil {
			c, err = Open(path, []byte("another"))
		}
		if err != nil || string(c.Words) != words || c.Name != "Savings" {
			t.Fatalf("after a kill: %v", err)
		}
	}
}
