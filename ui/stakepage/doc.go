// Package stakepage is the page of the stake: what is staked and what it
// earns, with whom, what is on its way back, what stakers vote on, and what
// nodes of the wallet earned. What is decided is in model.go, votes.go and
// words.go, which know no widget.
package stakepage
