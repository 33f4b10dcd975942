// Package wirefield looks for fields in encoded messages without knowing what
// they mean. It stops at the first malformed byte.
package wirefield

import "google.golang.org/protobuf/encoding/protowire"

// First returns the first field of raw whose number is in names.
func First(raw []byte, names map[protowire.Number]string) (protowire.Number, bool) {
	for len(raw) > 0 {
		number, _, n := protowire.ConsumeField(raw)
		if n < 0 {
			return 0, false
		}
		if _, named := names[number]; named {
			return number, true
		}
		raw = raw[n:]
	}
	return 0, false
}

// All returns the contents of all fields with that number and a length.
func All(raw []byte, want protowire.Number) [][]byte {
	var all [][]byte
	for len(raw) > 0 {
		number, kind, n := protowire.ConsumeField(raw)
		if n < 0 {
			return all
		}
		if number == want && kind == protowire.BytesType {
			_, _, tag := protowire.ConsumeTag(raw)
			value, _ := protowire.ConsumeBytes(raw[tag:])
			all = append(all, value)
		}
		raw = raw[n:]
	}
	return all
}

// Bytes returns the content of the first field with that number and a length,
// nil when there is none.
func Bytes(raw []byte, want protowire.Number) []byte {
	if all := All(raw, want); len(all) > 0 {
		return all[0]
	}
	return nil
}
