// Package publish seals one file under a one-time key and puts it on the network as an object that anybody who holds
// its link, and nobody else, can read. The link names the shared manifest and carries the key in its fragment:
// stos://LINK#KEY. The network sees files of random names and sealed bytes.
//
// [Publish] makes an object and [Stop] takes it back; [Open] reads one, from any place in it, with nothing but the
// link. docs/private-links.md describes the format.
package publish
