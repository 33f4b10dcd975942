package chunk_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"

	"github.com/stratosdrive/stratosdrive/sync/chunk"
)

// Bytes that are put into the middle of a file change the chunks around them
// and no others, so all others need not be stored again.
func ExampleCutter_Cut() {
	cutter, err := chunk.NewCutter(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		fmt.Println(err)
		return
	}
	file := make([]byte, 16<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(file)
	known := map[[32]byte]bool{}
	count := func(p []byte) error { known[sha256.Sum256(p)] = true; return nil }
	if err := cutter.Cut(bytes.NewReader(file), count); err != nil {
		fmt.Println(err)
		return
	}
	fresh := 0
	again := func(p []byte) error {
		if !known[sha256.Sum256(p)] {
			fresh++
		}
		return nil
	}
	changed := append(append(bytes.Clone(file[:8<<20]), "a few words more"...), file[8<<20:]...)
	err = cutter.Cut(bytes.NewReader(changed), again)
	fmt.Println(len(known) > 8, fresh <= 2, err)
	// Output: true true <nil>
}
