// Command bench measures the program, side by side with peers where there are
// any: one JSON line per figure on stdout, a table on stderr. Absolute times
// depend on the machine and its load; compare ratios.
//
//	go run ./internal/bench [flags] [GROUP]
//
// The flags make the drive group smaller, for trying it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

// groupLimit is the longest that one group may take, unless it says otherwise.
const groupLimit = 10 * time.Minute

// figure is one measured number. Peer, ratio, goal and ok are absent where
// there is nothing to compare with.
type figure struct {
	Name  string   `json:"name"`
	Unit  string   `json:"unit"`
	Ours  float64  `json:"ours"`
	Peer  *float64 `json:"peer"`
	Ratio *float64 `json:"ratio"` // ours / peer
	Goal  *float64 `json:"goal"`  // most that the ratio may be, or the least where more is better
	More  bool     `json:"more_is_better"`
	OK    *bool    `json:"ok"`
	Load  float64  `json:"load"` // of the machine, one minute
}

// beside returns f compared with a peer that was measured in the same run.
func (f figure) beside(peer float64) figure {
	ratio := f.Ours / peer
	f.Peer, f.Ratio = &peer, &ratio
	return f
}

// atLeast is beside for figures of which more is better: ours has to be at
// least that share of the peer's.
func (f figure) atLeast(peer, share float64) figure {
	f = f.beside(peer)
	ok := *f.Ratio >= share
	f.Goal, f.OK, f.More = &share, &ok, true
	return f
}

// within is beside for figures of which ours may be at most so many times the
// peer's.
func (f figure) within(peer, times float64) figure {
	f = f.beside(peer)
	ok := *f.Ratio <= times
	f.Goal, f.OK = &times, &ok
	return f
}

// atMost returns f with the most that it may be by itself.
func (f figure) atMost(goal float64) figure {
	ok := f.Ours <= goal
	f.Goal, f.OK = &goal, &ok
	return f
}

// named returns f with more to its name.
func (f figure) named(suffix string) figure {
	f.Name += suffix
	return f
}

// group measures one part of the program.
type group struct {
	name  string
	run   func(ctx context.Context, emit func(figure)) error
	limit time.Duration
	part  bool // of another one; it is run by its name only
}

func groups(sizes driveSizes) []group {
	drive := func(parts ...drivePart) func(context.Context, func(figure)) error {
		return func(ctx context.Context, emit func(figure)) error { return driveGroup(ctx, sizes, emit, parts...) }
	}
	return []group{
		{"demo", demoGroup, groupLimit, false},
		{"storage", storageGroup, groupLimit, false},
		{"wallet", walletGroup, groupLimit, false},
		{"drive", drive(driveParts...), 4 * groupLimit, false}, // Syncthing alone takes six minutes
		{"drive-scan", drive(scanGroup), groupLimit, true},
		{"drive-folder", drive(folderGroup), 3 * groupLimit, true},
		{"drive-change", drive(changeGroup), groupLimit, true},
		{"drive-insert", drive(insertGroup), groupLimit, true},
		{"drive-huge", drive(hugeGroup), groupLimit, true},
		{"drive-faithful", drive(faithfulGroup), groupLimit, true},
		{"world", worldGroup, groupLimit, false},
		{"player", playerGroup, playerLimit, false},
		{"window", func(ctx context.Context, emit func(figure)) error { return windowGroup(ctx, sizes, emit) }, windowLimit, false},
	}
}

// peerCommand makes this program the peer of the storage group.
const peerCommand = "serve-peer"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := dispatch(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 2 && args[0] == peerCommand {
		return servePeer(args[1])
	}
	var sizes driveSizes
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.IntVar(&sizes.files, "files", 100_000, "small files of the drive group")
	flags.Int64Var(&sizes.large, "large", 1024, "MiB of the file that gets one byte more")
	flags.Int64Var(&sizes.huge, "huge", 2048, "MiB of the file beside its plain upload")
	if err := flags.Parse(args); err != nil {
		return err
	}
	sizes.large, sizes.huge = sizes.large*mebi, sizes.huge*mebi
	return run(ctx, groups(sizes), flags.Arg(0))
}

func run(ctx context.Context, all []group, name string) error {
	chosen := slices.DeleteFunc(all, func(g group) bool { return g.name != name && (name != "" || g.part) })
	if len(chosen) == 0 {
		return fmt.Errorf("there is no group %q", name)
	}
	table := tabwriter.NewWriter(os.Stderr, 0, 4, 2, ' ', 0)
	fmt.Fprintln(table, "FIGURE\tOURS\tPEER\tRATIO\tGOAL\tOK\tLOAD")
	var failed error
	for _, g := range chosen {
		if err := measure(ctx, g, table); err != nil { // what was measured is shown all the same
			failed = errors.Join(failed, fmt.Errorf("group %s: %w", g.name, err))
		}
	}
	return errors.Join(failed, table.Flush())
}

func measure(ctx context.Context, g group, table *tabwriter.Writer) error {
	ctx, cancel := context.WithTimeout(ctx, g.limit)
	defer cancel()
	out := json.NewEncoder(os.Stdout)
	var broken error
	err := g.run(ctx, func(f figure) {
		f.Load = load()
		if err := out.Encode(f); err != nil {
			broken = err
		}
		fmt.Fprintf(table, "%s\t%.3g %s\t%s\t%s\t%s\t%s\t%.1f\n",
			f.Name, f.Ours, f.Unit, number(f.Peer), number(f.Ratio), number(f.Goal), mark(f.OK), f.Load)
	})
	if err == nil {
		err = broken
	}
	return err
}

func number(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprintf("%.3g", *v)
}

func mark(ok *bool) string {
	switch {
	case ok == nil:
		return "-"
	case *ok:
		return "yes"
	}
	return "NO"
}

// load is the machine's load average over one minute, 0 where it is not told.
func load() float64 {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return 0
	}
	var l float64
	if _, err := fmt.Fscan(strings.NewReader(string(raw)), &l); err != nil {
		return 0
	}
	return l
}
