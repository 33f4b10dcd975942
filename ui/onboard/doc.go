// Package onboard is the way in: the first start in three quiet steps (wallet,
// network, folder), and the page that asks for the password of a wallet that
// is locked. What is asked and when it is enough is in model.go, which knows no
// widget.
package onboard
