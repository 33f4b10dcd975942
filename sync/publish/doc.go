// Package publish seals one file under a one-time key and puts it on the network as an object that anybody who holds
// its link, and nobody else, can read. The link names the shared manifest and carries the key in its fragment:
// stos://LINK#KEY. The network sees files of random names and sealed bytes.
//
// Publishing needs no drive and opening needs no account's keys: the link is all there is. The format is described
// in docs/private-links.md.
package publish
