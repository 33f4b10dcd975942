package ignore_test

import (
	"fmt"

	"github.com/stratosdrive/stratosdrive/sync/ignore"
)

func ExampleRules_Match() {
	top := ignore.Top()
	rules := ignore.NewRules(top, []*ignore.Level{top.In("", []byte("*.log\n!keep.log\n/build/\n"))})
	for _, path := range []string{"a.log", "keep.log", "build/out.txt", "notes.txt", "film.mkv.part"} {
		_, _, out := rules.Match(path, false)
		fmt.Println(path, out)
	}
	// Output:
	// a.log true
	// keep.log false
	// build/out.txt true
	// notes.txt false
	// film.mkv.part true
}
