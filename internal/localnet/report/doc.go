// Package report is what the meta node of the practice network tells the
// chain: once an epoch, how much ozone was used up at whose nodes, and at any
// time, which nodes there are. From that the chain makes the rewards.
//
// It does nothing while nothing happens: an epoch without traffic has no
// report, so an idle network makes no blocks.
package report
