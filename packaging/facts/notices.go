package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/stratosdrive/stratosdrive/assets"
)

// notice is one text and all parts that it is for.
type notice struct {
	text  string
	parts []string
}

// media says what is not in the package, and why its licence is told anyway.
const media = `Playing needs libmpv, which is not part of these programs: they load the one that the system or the person
installed. libmpv is free software under the GNU General Public License, version 2 or later, or, where it was
built so, the GNU Lesser General Public License, version 2.1 or later: https://mpv.io`

// writeNotices writes the licences of everything that is linked into the
// programs. Equal texts are written once.
func writeNotices(out io.Writer, paths []string) error {
	p, err := inspect(paths)
	if err != nil {
		return err
	}
	found, err := p.licences()
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "Stratos Drive is free software under the Apache License 2.0. It is made with the work of many others, whose\nlicences follow.\n\n%s\n", media)
	for _, n := range p.notices(found) {
		fmt.Fprintf(w, "\n%s\n", strings.Repeat("=", 100))
		for _, part := range n.parts {
			fmt.Fprintln(w, part)
		}
		fmt.Fprintf(w, "%s\n\n%s\n", strings.Repeat("-", 100), n.text)
	}
	return w.Flush()
}

// notices are the texts in the order of the first part that each is for.
func (p programs) notices(found map[string][]licence) []notice {
	all := []notice{{assets.InterLicense, []string{"Inter, the font of the window: OFL-1.1"}}}
	add := func(title string, texts []licence) {
		for _, l := range texts {
			part := title + " (" + l.File + ")"
			if len(l.IDs) > 0 {
				part += ": " + strings.Join(l.IDs, ", ")
			}
			if i := slices.IndexFunc(all, func(n notice) bool { return n.text == l.Text }); i >= 0 {
				all[i].parts = append(all[i].parts, part)
			} else {
				all = append(all, notice{l.Text, []string{part}})
			}
		}
	}
	add("Go, its standard library, "+p.Go, found[""])
	for _, m := range p.Modules {
		add(m.Path+" "+m.Version, found[m.Path])
	}
	return all
}
