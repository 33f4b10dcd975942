package chain

import (
	"bufio"
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// receiver gets the credits of the process that is killed.
const receiver = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"

// runUntilKilled is what the helper process does: credit one wei after the
// other and say so after each.
func runUntilKilled(dir string) {
	c, err := Start(context.Background(), free(dir))
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
	fmt.Println("started")
	for {
		hash, err := c.Credit(context.Background(), receiver, big.NewInt(1))
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println("credited", hash)
	}
}

// Whatever was reported before the process is killed is there afterwards, and
// the chain goes on.
func TestKilledAtAnyMoment(t *testing.T) {
	dir := t.TempDir()
	var reported []string
	// The moments lie in the start, before the first credit and in the middle
	// of blocks.
	for i, moment := range []time.Duration{0, 30 * time.Millisecond, 310 * time.Millisecond, 777 * time.Millisecond} {
		reported = append(reported, killAfter(t, dir, i > 0, moment)...)
	}
	c := start(t, free(dir))
	if len(reported) == 0 {
		t.Fatal("nothing was ever credited")
	}
	if got := c.balance(t, receiver).Int64(); got < int64(len(reported)) {
		t.Errorf("%d credits were reported, %d are there", len(reported), got)
	}
	for _, hash := range reported {
		if status := c.try("/cosmos/tx/v1beta1/txs/"+hash, nil); status != 200 {
			t.Errorf("%s is not found: %d", hash, status)
		}
	}
	if _, err := c.Credit(t.Context(), receiver, big.NewInt(1)); err != nil {
		t.Error(err)
	}
}

// killAfter runs the helper and kills it some time after it was launched or,
// if wanted, after it reported its start. It returns the reported hashes.
func killAfter(t *testing.T, dir string, afterStart bool, moment time.Duration) []string {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), "CHAIN_TEST_DIR="+dir)
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { time.AfterFunc(moment, func() { command.Process.Kill() }) }
	if !afterStart {
		moment += 150 * time.Millisecond
		kill()
	}
	var hashes []string
	for lines := bufio.NewScanner(output); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "started":
			if afterStart {
				kill()
			}
		case "credited":
			hashes = append(hashes, rest)
		default:
			t.Error(lines.Text())
		}
	}
	_ = command.Wait() // killed
	return hashes
}
