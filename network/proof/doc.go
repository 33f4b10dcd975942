// Package proof works out again what a chain paid for an epoch: to validators,
// to owners of nodes, to meta nodes and to creators, from nothing but the
// messages in its blocks and its settings. Then it shows each number beside
// what the chain says, with the difference, which is 0 when the chain kept the
// rules of docs/adr/0012 and docs/adr/0046.
//
// Nothing here is shared with the chain: the arithmetic is written a second
// time, over plain big integers. What a node answers is taken as it is, so a
// proof is worth as much as the node that was asked for the messages.
//
// [Read] replays the whole history, so the first epoch costs as much as all of
// them. [Books.Prove] then compares one epoch.
package proof
