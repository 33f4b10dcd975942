// Package explorer is the page on which anybody looks things of the chain up:
// blocks, transactions, accounts, proposals, files and reports, in plain words.
// Every thing leads to the next. What is said is in model.go, which knows no
// widget.
package explorer
