// Package store puts whole files onto the storage nodes and takes them back:
// it joins the meta node, which knows what belongs where, with the nodes that
// have the bytes. Files come in slice by slice, each with its copies; what
// goes out was proved against its slice hash, and a copy that fails the proof
// is replaced from another one.
//
// The order of writing is the promise: copies on the disk, then their names,
// then the record. A file on record is whole after any crash, and whatever is
// not on record is removed at the next start.
package store
