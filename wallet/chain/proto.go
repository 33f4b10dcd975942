package chain

import (
	"slices"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// Protobuf by hand: a wallet writes a handful of messages whose field numbers
// never change, and never reads one. Every function returns one encoded field;
// empty values are left out, as protobuf does.

// message joins fields, which must be in ascending order.
func message(fields ...[]byte) []byte { return slices.Concat(fields...) }

// raw is a field of bytes.
func raw(field protowire.Number, value []byte) []byte {
	if len(value) == 0 {
		return nil
	}
	return protowire.AppendBytes(protowire.AppendTag(nil, field, protowire.BytesType), value)
}

// text is a field of UTF-8 text.
func text(field protowire.Number, value string) []byte { return raw(field, []byte(value)) }

// number is a field of type uint64 or enum.
func number(field protowire.Number, value uint64) []byte {
	if value == 0 {
		return nil
	}
	return protowire.AppendVarint(protowire.AppendTag(nil, field, protowire.VarintType), value)
}

// nested is a message inside another one.
func nested(field protowire.Number, fields ...[]byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, field, protowire.BytesType), message(fields...))
}

// packed is a message wrapped with its type, a google.protobuf.Any.
func packed(field protowire.Number, typeURL string, value []byte) []byte {
	return nested(field, text(1, typeURL), raw(2, value))
}

// coin is a Coin, or the only element of a list of coins.
func coin(field protowire.Number, a stratos.Amount) []byte {
	return nested(field, text(1, stratos.Wei), text(2, a.String()))
}
