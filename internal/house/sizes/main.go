// Command sizes prints the table of the house: for each package the sizes of
// its functions and files, how many exported names have a comment, and how
// many lines of tests stand beside its code. Generated files do not count.
//
//	go run ./internal/house/sizes
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sizes:", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	rooms, err := measure(".")
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "package\tfiles\tlines\tlongest file\tfunctions\tmedian\t90 %\tlongest\texported\tdocumented\ttest lines\ttest/code\texamples")
	var all Room
	for _, r := range rooms {
		r.print(w)
		all.add(r)
	}
	all.Path = "all"
	all.print(w)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	above := judge(rooms)
	fmt.Fprintf(out, "\nAbove a line: %d\n", len(above))
	for _, a := range above {
		fmt.Fprintf(out, "  %s\n", a)
	}
	return nil
}

func (r Room) print(w io.Writer) {
	ratio := 0.0
	if r.Lines > 0 {
		ratio = float64(r.TestLines) / float64(r.Lines)
	}
	slices.Sort(r.Functions)
	fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%.2f\t%d\n", r.Path, r.Files, r.Lines, r.LongestFile,
		len(r.Functions), at(r.Functions, 50), at(r.Functions, 90), at(r.Functions, 100), r.Exported, r.Documented, r.TestLines, ratio, r.Examples)
}

// at is the value that percent of the sorted numbers do not exceed.
func at(sorted []int, percent int) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)-1)*percent/100]
}
