package main

import "sync"

// doorbell hears of later starts of the program, from its first moment on: what
// comes before there is a window waits for it.
type doorbell struct {
	mu    sync.Mutex
	open  func(link string) // nil until there is a window
	rang  bool
	links []string
}

// ring asks for the window, with a link or without. It may be called from any
// goroutine.
func (d *doorbell) ring(link string) {
	d.mu.Lock()
	open := d.open
	if open == nil {
		d.rang = true
		if link != "" {
			d.links = append(d.links, link)
		}
	}
	d.mu.Unlock()
	if open != nil {
		open(link)
	}
}

// answer opens what waited, and from now on all that comes.
func (d *doorbell) answer(open func(link string)) {
	d.mu.Lock()
	rang, links := d.rang, d.links
	d.open, d.rang, d.links = open, false, nil
	d.mu.Unlock()
	if rang && len(links) == 0 {
		open("")
	}
	for _, link := range links {
		open(link)
	}
}
