// Package received is the page of a link that somebody was given: what is behind
// it, what getting it costs, and the ways to play it, open it or save it. What
// is said is decided in model.go, which knows no widget.
package received
