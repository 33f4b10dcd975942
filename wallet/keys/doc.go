// Package keys turns what a person keeps (BIP-39 words with an optional
// passphrase, or a raw private key) into the secp256k1 keys of a wallet, and a
// wallet key into the keys of its storage and publishing accounts. [Import]
// reads every kind of key file that Stratos accounts lie in, [WriteNodeKey]
// writes the one that resource nodes read.
//
// Secrets are byte slices, never strings, so that callers can overwrite them:
// a slice that a function returns belongs to the caller, who wipes it with
// [Wipe]; a slice that is passed in is neither kept nor changed.
package keys
