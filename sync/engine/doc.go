// Package engine keeps a folder on disk and a drive on the network the same.
//
// It observes three trees: what lies on the disk, what lies on the network,
// and what both agreed on last. What to do follows from them alone and is
// computed anew each time; nothing that was planned is ever stored. So a crash
// at any moment costs only time: the next look sees what was done.
//
// Nothing is written over or deleted unless it still is what was looked at,
// and everything that goes was on the network before.
package engine
