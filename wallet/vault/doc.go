// Package vault keeps the secret of one wallet in one sealed file.
//
// The content is encrypted with XChaCha20-Poly1305 under a random key. That
// key lies in the file too, wrapped once per slot: by the password, through
// Argon2id, and in later versions of a file also by a secret of the system's
// keyring. The public part of the file, with the address of the wallet, is
// authenticated together with the content. docs/vault.md describes the format
// for strangers.
//
// Every secret is a byte slice. Passwords and contents that are passed in stay
// the caller's to wipe; so does the [Content] that [Open] returns.
package vault
