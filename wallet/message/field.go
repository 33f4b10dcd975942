package message

import (
	"encoding/json"
	"slices"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// field is one field of a message in both forms. Protobuf leaves empty values
// out; amino JSON does so only where the chain's Go types say omitempty.
type field struct {
	name   string
	proto  []byte // tag and value; nil when it is empty
	json   any
	always bool // stays in amino JSON when it is empty
}

// kept marks a field that amino JSON writes even when it is empty.
func (f field) kept() field {
	f.always = true
	return f
}

// encode joins the protobuf of fields, which must be in ascending order.
func encode(fields []field) []byte {
	var out []byte
	for _, f := range fields {
		out = append(out, f.proto...)
	}
	return out
}

// object is the amino JSON of fields; the encoder sorts the names.
func object(fields []field) map[string]any {
	o := make(map[string]any, len(fields))
	for _, f := range fields {
		if f.always || f.proto != nil {
			o[f.name] = f.json
		}
	}
	return o
}

// join puts encoded fields together, in ascending order.
func join(fields ...[]byte) []byte { return slices.Concat(fields...) }

// raw is a field of bytes.
func raw(number protowire.Number, value []byte) []byte {
	if len(value) == 0 {
		return nil
	}
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), value)
}

// varint is a field of type uint64 or enum.
func varint(number protowire.Number, value uint64) []byte {
	if value == 0 {
		return nil
	}
	return protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), value)
}

// nested is a message inside another one; it is written even when empty.
func nested(number protowire.Number, fields ...[]byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), join(fields...))
}

// packed is a message wrapped with its type, a google.protobuf.Any.
func packed(number protowire.Number, typeURL string, value []byte) []byte {
	return nested(number, raw(1, []byte(typeURL)), raw(2, value))
}

// protoCoin is an amount of wei as a Coin.
func protoCoin(number protowire.Number, a stratos.Amount) []byte {
	return nested(number, raw(1, []byte(stratos.Wei)), raw(2, []byte(a.String())))
}

type jsonCoin struct {
	Amount string `json:"amount"`
	Denom  string `json:"denom"`
}

func text(number protowire.Number, name, value string) field {
	return field{name: name, proto: raw(number, []byte(value)), json: value}
}

// whole is an integer of 64 bits, which amino JSON writes as text.
func whole(number protowire.Number, name string, value uint64) field {
	return field{name: name, proto: varint(number, value), json: strconv.FormatUint(value, 10)}
}

// small is an integer of 32 bits or an enum.
func small(number protowire.Number, name string, value uint32) field {
	return field{name: name, proto: varint(number, uint64(value)), json: value}
}

func coin(number protowire.Number, name string, a stratos.Amount) field {
	return field{name: name, proto: protoCoin(number, a), json: jsonCoin{a.String(), stratos.Wei}}
}

// coins is a list with one coin, or without any for an amount of zero.
func coins(number protowire.Number, name string, a stratos.Amount) field {
	if a.IsZero() {
		return field{name: name, json: []jsonCoin{}, always: true}
	}
	return field{name: name, proto: protoCoin(number, a), json: []jsonCoin{{a.String(), stratos.Wei}}}
}

// child is a message inside another one.
func child(number protowire.Number, name string, fields []field) field {
	return field{name: name, proto: nested(number, encode(fields)), json: object(fields)}
}

// children is a list of messages.
func children(number protowire.Number, name string, list [][]field) field {
	f := field{name: name}
	objects := make([]any, len(list))
	for i, fields := range list {
		f.proto = append(f.proto, nested(number, encode(fields))...)
		objects[i] = object(fields)
	}
	f.json = objects
	return f
}

// nodeKeyType is the type of a storage node's key.
const (
	nodeKeyType  = "/cosmos.crypto.ed25519.PubKey"
	nodeKeyAmino = "tendermint/PubKeyEd25519"
)

// nodeKey is the public key of a storage node.
func nodeKey(number protowire.Number, name string, key []byte) field {
	return field{
		name: name, proto: packed(number, nodeKeyType, raw(1, key)),
		json: map[string]any{"type": nodeKeyAmino, "value": key},
	}
}

// sorted is JSON with sorted names, no spaces, and <, >, & escaped.
func sorted(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic("message: " + err.Error()) // only for types that no field has
	}
	return out
}
