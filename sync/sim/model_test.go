package sim

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"time"
)

// model is what people know of the drive.
type model struct {
	w       *world
	written map[string]bool      // every content that was ever in a file
	gone    map[string]string    // contents that somebody let go who had seen them, and who that was
	goneAt  map[string]time.Time // when that was first
	saved   map[string]string    // contents that a device reported as saved, and which device that was
}

func newModel(w *world) *model {
	return &model{w: w, written: map[string]bool{"": true}, gone: map[string]string{"": "nothing"}, goneAt: map[string]time.Time{}, saved: map[string]string{}}
}

// letGo notes that a content needs to be in no folder any more.
func (m *model) letGo(body, why string) {
	if m.gone[body] == "" {
		m.goneAt[body] = time.Now()
	}
	m.gone[body] = why
}

// afterSync checks what people see when a sync has ended, and notes what they
// were told.
func (m *model) afterSync(d *device, r result) {
	m.checkWritten(d)
	if r.err != nil || r.sum.Waiting+r.sum.Unread > 0 {
		return
	}
	now := d.look()
	for p, s := range r.before {
		if s.kind == 0 && now[p] == s && m.saved[s.content] == "" {
			m.saved[s.content] = fmt.Sprintf("%s saved %s", d.name, p)
		}
	}
}

// checkWritten fails the run if a file has content that nobody wrote.
func (m *model) checkWritten(d *device) {
	all := d.look()
	for _, p := range slices.Sorted(maps.Keys(all)) {
		if s := all[p]; s.kind == 0 && !m.written[s.content] {
			m.w.fail("%s: nobody wrote what is in %s: %d bytes, %q", d.name, p, len(s.content), short(s.content))
		}
	}
}

// lost notes that a disk died. What was saved must be elsewhere.
func (m *model) lost(d *device) {
	for _, all := range []map[string]seen{d.look(), d.lookAside()} {
		for p, s := range all {
			if s.kind == 0 && m.saved[s.content] == "" {
				m.letGo(s.content, fmt.Sprintf("%s died with %s", d.name, p))
			}
		}
	}
}

// checkEnd fails the run unless all is as it should be once every device has
// worked for long without trouble.
func (m *model) checkEnd() {
	have := map[string]bool{}
	for _, d := range m.w.devices {
		m.checkWritten(d)
		for _, s := range d.look() {
			have[s.content] = true
		}
	}
	for _, body := range slices.Sorted(maps.Keys(m.written)) {
		if !have[body] && m.gone[body] == "" {
			m.w.fail("%q is in no folder any more, and nobody let it go; %s", short(body), m.saved[body])
		}
	}
	m.checkSame()
	m.checkHistory()
}

// checkSame fails the run unless all folders are the same. What a disk cannot
// hold under its own name is compared by content.
func (m *model) checkSame() {
	first := m.w.devices[0]
	for _, d := range m.w.devices[1:] {
		a, b := first.look(), d.look()
		if first.opt.FoldCase || d.opt.FoldCase {
			a, b = byContent(a), byContent(b)
		}
		for _, p := range slices.Sorted(maps.Keys(a)) {
			if a[p] != b[p] {
				m.w.fail("%s and %s differ at %s: %s and %s", first.name, d.name, p, a[p], b[p])
			}
		}
		for _, p := range slices.Sorted(maps.Keys(b)) {
			if _, ok := a[p]; !ok {
				m.w.fail("%s lacks %s, which %s has: %s", first.name, p, d.name, b[p])
			}
		}
	}
}

// String describes a file in few letters.
func (s seen) String() string { return fmt.Sprintf("%v %q", s.kind|s.mode, short(s.content)) }

func byContent(all map[string]seen) map[string]seen {
	out := map[string]seen{}
	for _, s := range all {
		if s.kind == fs.ModeDir {
			continue
		}
		for i := 0; ; i++ {
			key := s.kind.String() + " " + s.content + " " + strconv.Itoa(i)
			if _, taken := out[key]; !taken {
				out[key] = seen{kind: s.kind, content: s.content}
				break
			}
		}
	}
	return out
}

// checkHistory fails the run unless a stranger who has the key can read the
// drive, and every content that was saved and is kept.
func (m *model) checkHistory() {
	have, err := m.readAll()
	if err != nil {
		m.w.fail("the drive cannot be read: %v", err)
		return
	}
	for _, body := range slices.Sorted(maps.Keys(m.saved)) {
		if !have[body] && m.kept(body) {
			m.w.fail("%q is not on the network; %s, %s", short(body), m.saved[body], m.gone[body])
		}
	}
}

// kept reports whether retention keeps a content.
func (m *model) kept(body string) bool {
	return m.gone[body] == "" || time.Since(m.goneAt[body]) < m.w.keptFor()
}
