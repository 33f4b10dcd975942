package main

import (
	"slices"
	"sync"
	"testing"
)

func TestTheDoorbellWaitsForTheWindow(t *testing.T) {
	for name, c := range map[string]struct {
		before, after, want []string
	}{
		"nobody came":         {},
		"a second start":      {before: []string{"", ""}, want: []string{""}},
		"a link":              {before: []string{"stos://a"}, want: []string{"stos://a"}},
		"a link and a start":  {before: []string{"", "stos://a", ""}, want: []string{"stos://a"}},
		"two links":           {before: []string{"stos://a", "stos://b"}, want: []string{"stos://a", "stos://b"}},
		"one later":           {after: []string{"", "stos://a"}, want: []string{"", "stos://a"}},
		"one before, one now": {before: []string{"stos://a"}, after: []string{"stos://b"}, want: []string{"stos://a", "stos://b"}},
	} {
		var d doorbell
		var opened []string
		for _, link := range c.before {
			d.ring(link)
		}
		if len(opened) > 0 {
			t.Errorf("%s: opened %q without a window", name, opened)
		}
		d.answer(func(link string) { opened = append(opened, link) })
		for _, link := range c.after {
			d.ring(link)
		}
		if !slices.Equal(opened, c.want) {
			t.Errorf("%s: %q, want %q", name, opened, c.want)
		}
	}
}

// However starts come while the window appears, each link is opened once.
func TestNoLinkIsLostWhileTheWindowAppears(t *testing.T) {
	var d doorbell
	var mu sync.Mutex
	opened := map[string]int{}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() { d.ring(string(rune('a' + i))) })
	}
	d.answer(func(link string) {
		mu.Lock()
		defer mu.Unlock()
		opened[link]++
	})
	all.Wait()
	for i := range 50 {
		if n := opened[string(rune('a'+i))]; n != 1 {
			t.Errorf("link %d was opened %d times", i, n)
		}
	}
}
