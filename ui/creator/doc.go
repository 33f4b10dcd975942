// Package creator is the page of channels: the own one with its items, periods,
// followers and what they paid, what came of everything that was published, and
// what is new on the channels that are followed. What
// is said is decided in model.go, which knows no widget.
package creator
