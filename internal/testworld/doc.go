// Package testworld lets people live on a practice network at high speed: three
// creators who publish, twenty viewers who pay for what they watch, the owners
// of eight nodes, one of which fails, and some who try every way of earning by
// their own views. Then it holds everything against everything: the ledger of
// the meta node against what the chain was told, what the chain paid against
// the arithmetic of ADR 12 and ADR 46 (package proof, which shares nothing with
// the chain), the sums against the pools, and what cheats got against what it
// cost them. It is for tests and measurements only.
//
// What people do follows from a seed. Which node serves a view does not, since
// the network chooses, so amounts differ from run to run; what is checked holds
// for all of them.
package testworld
