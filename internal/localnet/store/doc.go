// Package store puts whole files onto the storage nodes and takes them back:
// it joins the meta node, which knows what belongs where, with the nodes that
// have the bytes. Files come in slice by slice, each with its copies; what
// goes out was proved against its slice hash.
//
// The order of writing is the promise: copies on the disk, then their names,
// then the record. A file on record is whole after any crash, and whatever is
// not on record is removed at the next start. Removing goes the other way:
// first the record, then the bytes.
//
// Nodes come, go, fail and return while all that goes on. Each has a score
// that falls with bad news and rises with good looks; a low one costs it tiers
// and then its place in service. Everything that makes copies good again is
// one step, mend: it makes those that are missing from proved ones and clears
// away what is damaged, on its way out, or too much. Readers who meet a bad
// copy ask for it, so do uploads that lost a copy; a survey of all slices asks
// for it when nodes change, and a slow scrubber for what nobody reads.
package store
