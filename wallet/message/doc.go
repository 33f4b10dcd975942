// Package message writes what an account asks of the chain: every message a
// wallet, a staker, a voter or a node's owner needs, and the documents that are
// signed for them.
//
// Protobuf is written by hand, because these few messages have field numbers
// that never change, and the generated types would be a third of the program.
// One list of fields per message gives both forms: protobuf for
// SIGN_MODE_DIRECT, and amino JSON (with the names the chain really registers)
// for signing devices. An unknown message cannot be written at all.
package message
