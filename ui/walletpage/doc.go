// Package walletpage is the page of the money: what there is, where it is, what
// came and went, the people whom one pays, and the ways to receive, send and
// buy ozone. Every payment goes through package ui/confirm. What is decided is
// in model.go, entries.go, course.go and people.go, which know no widget.
package walletpage
