// Package care is how a person looks after wallets: see and check the words,
// change the password, let the system's keyring open the wallet, lock after a
// while, sign messages and check signatures, and have several wallets. It
// gives dialogs, the cards of the settings page and a reminder for the wallet
// page. What is decided is in model.go, which knows no widget.
package care
