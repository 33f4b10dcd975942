package main

import (
	"cmp"
	"debug/elf"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// shown is how many parts of a program are listed by name.
const shown = 16

// share is one part of a program and its bytes.
type share struct {
	name  string
	bytes uint64
}

// writeSizes prints what each program weighs and which modules that comes from.
// The programs must have their symbols, and be for Linux.
func writeSizes(out io.Writer, paths []string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, path := range paths {
		p, err := inspect([]string{path})
		if err != nil {
			return err
		}
		shares, symbols, err := p.shares(path)
		if err != nil {
			return fmt.Errorf("measure %s: %w", path, err)
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%.1f MB\t %s\t\n", mega(uint64(info.Size())-symbols), filepath.Base(path)+" without symbols")
		for _, s := range shares {
			fmt.Fprintf(w, "%.1f MB\t %s\t\n", mega(s.bytes), s.name)
		}
	}
	return w.Flush()
}

func mega(bytes uint64) float64 { return float64(bytes) / 1e6 }

// shares divides what is loaded of a program among modules. symbols is what
// stripping takes away.
func (p programs) shares(path string) (all []share, symbols uint64, err error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	list, err := f.Symbols()
	if err != nil {
		return nil, 0, fmt.Errorf("read its symbols, which a stripped program has not: %w", err)
	}
	bytes := map[string]uint64{}
	rest := make([]uint64, len(f.Sections)) // what no symbol names
	for i, s := range f.Sections {
		switch {
		case s.Flags&elf.SHF_ALLOC == 0:
			symbols += s.FileSize
		case s.Type != elf.SHT_NOBITS:
			rest[i] = s.FileSize
		}
	}
	for _, s := range list {
		i := int(s.Section)
		if i >= len(rest) || covers(s.Name) || s.Size > rest[i] {
			continue
		}
		bytes[p.owner(s.Name)] += s.Size
		rest[i] -= s.Size
	}
	for i, s := range f.Sections {
		bytes[nameless(s.Name)] += rest[i]
	}
	return top(bytes), symbols, nil
}

// nameless says what lies in a section besides what has a name.
func nameless(section string) string {
	switch section {
	case ".gopclntab":
		return "names and lines of functions, for errors"
	case ".rodata":
		return "types, texts, embedded files"
	default:
		return "C and tables of the linker"
	}
}

// covers tells whether a symbol stands for a range in which others lie.
func covers(name string) bool {
	return name == "runtime.text" || name == "type:*" || name == "runtime.rodata" || strings.HasPrefix(name, "runtime.e")
}

// owner is the module, or the room of ours, that a symbol comes from.
func (p programs) owner(symbol string) string {
	symbol = strings.TrimPrefix(strings.TrimPrefix(symbol, "type:.eq."), "go:itab.")
	symbol = strings.ReplaceAll(strings.TrimLeft(symbol, "*"), "%2e", ".")
	best := ""
	for _, m := range p.Modules {
		if strings.HasPrefix(symbol, m.Path) && len(m.Path) > len(best) {
			best = m.Path
		}
	}
	switch {
	case best != "":
		return best
	case strings.HasPrefix(symbol, p.Main):
		return "Stratos Drive itself"
	case strings.Contains(symbol, "."):
		return "Go's standard library"
	default:
		return "C and tables of the linker"
	}
}

// top sorts, and adds up all that is small.
func top(bytes map[string]uint64) []share {
	var all []share
	for _, name := range slices.Sorted(maps.Keys(bytes)) {
		all = append(all, share{name, bytes[name]})
	}
	slices.SortStableFunc(all, func(a, b share) int { return cmp.Compare(b.bytes, a.bytes) })
	if len(all) <= shown {
		return all
	}
	rest := share{name: fmt.Sprintf("%d others", len(all)-shown)}
	for _, s := range all[shown:] {
		rest.bytes += s.bytes
	}
	return append(all[:shown], rest)
}
