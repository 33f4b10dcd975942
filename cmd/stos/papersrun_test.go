package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/house/papers"
	"github.com/stratosdrive/stratosdrive/internal/testnet"
	"github.com/stratosdrive/stratosdrive/internal/testvideo"
)

// tours are the documents whose commands are run as they stand, one after the
// other. Documents of one tour share one folder.
var tours = map[string][]string{
	"readme":  {"README.md"},
	"network": {"docs/running-your-own-network.md", "docs/local-chain.md"},
}

// notRun are the commands of blocks that no tour runs, and why. That their
// targets and packages are there is a test of package papers.
var notRun = map[string]string{
	"make": "builds, tests or packs everything",
	"go":   "tools for those who change the source, run by make check or by their own tests",
	"git":  "needs the public host",
	"cd":   "goes where git put the source",
}

// tried are the first words that a tour may run.
var tried = []string{"stos", "stosnet", "curl", "mkdir", "echo", "ls", "grep"}

// instead is what a tour runs for something that has another value for each
// reader, or that would need hours.
var instead = strings.NewReplacer(
	"undo CHANGE", `undo $(stos drive log --json | sed 's/[^:]*:[^:]*:"\([^"]*\)".*/\1/') --yes`,
	"rewind 2h", "rewind 1ms",
)

var assignment = regexp.MustCompile(`^[A-Z]+=\$\(sed `)

// TestDocumentsRun runs the commands of the documents as a reader would.
func TestDocumentsRun(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the documents show a Unix shell")
	}
	stosnet := testnet.Build(t)
	all := documents(t)
	for name, paths := range tours {
		t.Run(name, func(t *testing.T) {
			home := tourHome(t, stosnet)
			var lines []string
			for _, path := range paths {
				lines = append(lines, tourLines(t, all, path)...)
			}
			if len(lines) < 8 {
				t.Fatalf("only %d commands were found", len(lines))
			}
			takeTour(t, home, stosnet, lines)
		})
	}
}

// TestEveryBlockIsKnown finds commands in blocks that nothing tries.
func TestEveryBlockIsKnown(t *testing.T) {
	toured := slices.Concat(tours["readme"], tours["network"])
	for _, p := range documents(t) {
		for _, line := range commands(p) {
			word, _, _ := strings.Cut(line, " ")
			switch {
			case notRun[word] != "":
			case !slices.Contains(toured, p.Path):
				t.Errorf("%s shows commands, but is in no tour: %s", p.Path, line)
			case !slices.Contains(tried, word) && !assignment.MatchString(line):
				t.Errorf("%s: no tour can run %s", p.Path, line)
			}
		}
	}
}

// commands are the lines of the shell blocks of a document without remarks.
func commands(p papers.Paper) []string {
	var lines []string
	for _, b := range p.Blocks {
		if b.Language != "sh" {
			continue
		}
		for _, line := range b.Lines {
			line, _, _ = strings.Cut(line, " #")
			for part := range strings.SplitSeq(line, " && ") { // one by one, so that each has to succeed
				if part = strings.TrimSpace(part); part != "" {
					lines = append(lines, part)
				}
			}
		}
	}
	return lines
}

func tourLines(t *testing.T, all []papers.Paper, path string) []string {
	t.Helper()
	i := slices.IndexFunc(all, func(p papers.Paper) bool { return p.Path == path })
	if i < 0 {
		t.Fatalf("there is no %s", path)
	}
	var lines []string
	for _, line := range commands(all[i]) {
		word, _, _ := strings.Cut(line, " ")
		if notRun[word] != "" {
			continue
		}
		if strings.HasPrefix(line, "stosnet up ") {
			line = "keep " + line
		}
		lines = append(lines, instead.Replace(line))
	}
	return lines
}

// tourHome is a home folder with what a reader of the documents has at hand.
func tourHome(t *testing.T, stosnet string) string {
	t.Helper()
	home := t.TempDir()
	for _, dir := range []string{"bin", "Stratos/films"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	film := testvideo.Options{Seconds: 2, Width: 64, Height: 48, Rate: 5, BitsPerSecond: 20_000}
	for _, name := range []string{"Stratos/holiday.mp4", "Stratos/films/holiday.mp4"} {
		if err := testvideo.Make(t.Context(), filepath.Join(home, name), film); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(home, "Stratos/notes.txt"), []byte("remember the milk\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(stosnet, filepath.Join(home, "bin/stosnet")); err != nil {
		t.Fatal(err)
	}
	return home
}

// tourPrelude starts networks as a second terminal would, and ends them.
const tourPrelude = `set -eu
kept=
trap 'for p in $kept; do kill $p; wait $p || true; done; stos net down >/dev/null' EXIT
keep() {
	"$@" >kept.log 2>&1 &
	kept="$kept $!"
	until [ -f net/network.json ]; do
		kill -0 $! || { cat kept.log; exit 1; }
		sleep 0.05
	done
}
set -x
`

// takeTour runs commands in one shell, which ends at the first that fails.
func takeTour(t *testing.T, home, stosnet string, lines []string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-c", tourPrelude+strings.Join(lines, "\n"))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "HOME="+home, "PATH="+filepath.Join(home, "bin")+":"+os.Getenv("PATH"), "STOS_HOME="+filepath.Join(home, "profile"),
		"STOS_STOSNET="+stosnet, "STOS_PASSWORD=correct horse", "XDG_RUNTIME_DIR="+home, "DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		t.Errorf("%v\n%s", err, said.String())
	}
}
