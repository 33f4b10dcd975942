package oracle

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// vectors are what the makers of the chain and its daemon gave. Whatever a test
// looks at is noted, so that nothing can lie there unused.
type vectors struct {
	t    testing.TB
	root any
	read map[string]bool
}

func openVectors(t testing.TB) *vectors {
	t.Helper()
	raw, err := os.ReadFile("../../stratos/testdata/chain-vectors.json")
	ok(t, err)
	v := &vectors{t: t, read: map[string]bool{}}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	ok(t, decoder.Decode(&v.root))
	return v
}

// at returns a member of the whole.
func (v *vectors) at(name string) page { return page{v, "", v.root}.of(name) }

// unread lists the leaves that nobody looked at. What explains vectors to
// people counts as read.
func (v *vectors) unread() []string {
	var names []string
	for name := range (page{v, "", v.root}).leaves() {
		last := name[strings.LastIndex(name, "/")+1:]
		if !v.read[name] && last != "about" && !strings.HasSuffix(last, "note") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// page is a part of the vectors: a leaf, or what has parts itself.
type page struct {
	all   *vectors
	path  string
	value any
}

// of returns a member, which must be there.
func (p page) of(name string) page {
	p.all.t.Helper()
	value, has := p.members()[name]
	if !has {
		p.all.t.Fatalf("vectors%s have no %s", p.path, name)
	}
	return value
}

// members returns the parts of an object by name, or of a list by place.
func (p page) members() map[string]page {
	parts := map[string]page{}
	switch v := p.value.(type) {
	case map[string]any:
		for name, value := range v {
			parts[name] = page{p.all, p.path + "/" + name, value}
		}
	case []any:
		for i, value := range v {
			name := strconv.Itoa(i)
			parts[name] = page{p.all, p.path + "/" + name, value}
		}
	}
	return parts
}

func (p page) has(name string) bool { _, has := p.members()[name]; return has }

// list returns the parts of a list in order.
func (p page) list() []page {
	all := p.members()
	list := make([]page, len(all))
	for i := range list {
		list[i] = all[strconv.Itoa(i)]
	}
	return list
}

// leaves returns the paths below p that have no parts.
func (p page) leaves() map[string]bool {
	parts := p.members()
	if len(parts) == 0 {
		return map[string]bool{p.path: true}
	}
	all := map[string]bool{}
	for _, part := range parts {
		maps.Copy(all, part.leaves())
	}
	return all
}

// text reads a leaf.
func (p page) text() string {
	p.all.t.Helper()
	p.all.read[p.path] = true
	switch v := p.value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	p.all.t.Fatalf("vectors%s is %v", p.path, p.value)
	return ""
}

// number reads a leaf that is a number, or a text of one.
func (p page) number() uint64 {
	p.all.t.Helper()
	n, err := strconv.ParseUint(p.text(), 10, 64)
	ok(p.all.t, err)
	return n
}

// raw reads all of p as it stands in the file.
func (p page) raw() []byte {
	p.all.t.Helper()
	maps.Copy(p.all.read, p.leaves())
	raw, err := json.Marshal(p.value)
	ok(p.all.t, err)
	return raw
}

// is fails the test unless a leaf has this value.
func (p page) is(got string) {
	p.all.t.Helper()
	if want := p.text(); got != want {
		p.all.t.Errorf("%s is %q, want %q", p.path, got, want)
	}
}

// like fails the test unless all of p says the same as this JSON.
func (p page) like(got []byte) {
	p.all.t.Helper()
	if want := p.raw(); !reflect.DeepEqual(plain(p.all.t, got), plain(p.all.t, want)) {
		p.all.t.Errorf("%s is\n%s, want\n%s", p.path, got, want)
	}
}

func plain(t testing.TB, raw []byte) (v any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	ok(t, decoder.Decode(&v))
	return v
}
