// Package tree is the model of a synced folder: what lies where, without
// saying on which disk or in which file of the network. It is plain data with
// no side effects, so that merging and planning can be pure functions.
package tree
