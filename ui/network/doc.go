// Package network is the page of the network: what is stored, its nodes, the
// traffic, copies, ozone, blocks and STOS, and their course over time. What is
// said is in model.go and words.go, which know no widget.
package network
