// Package repo stores a drive on the storage network: chunks in sealed packs,
// folders and commits in packs of their own, and a head for each device. It
// knows nothing about the disk that is synced; it turns bytes and trees into
// files of the network and back.
//
// Nothing is trusted that comes back: each blob is opened with a key that only
// the drive has, and bound to its place. docs/format.md describes the files.
package repo
