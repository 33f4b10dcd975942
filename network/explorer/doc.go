// Package explorer reads what anybody may know of a Stratos chain: blocks,
// records of files, reports of traffic and what they paid. It also tells what a
// text that somebody typed is the name of.
package explorer
