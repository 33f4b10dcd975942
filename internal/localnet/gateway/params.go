package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// handle makes a method of a function that takes one object. name is what the
// reference calls the type of that object; it is in the texts about wrong
// ones.
func handle[P any](name string, fn func(*call, P) any) method {
	return func(c *call, raw json.RawMessage) (any, *wire.RPCError) {
		var p P
		if err := decodeParams(raw, name, &p); err != nil {
			return nil, &wire.RPCError{Code: wire.RPCInvalidParams, Message: err.Error()}
		}
		result := fn(c, p)
		if fail, ok := result.(*wire.RPCError); ok {
			return nil, fail
		}
		return result, nil
	}
}

// unsubscribe knows of no subscription: there are none on this port.
func unsubscribe(_ *call, raw json.RawMessage) (any, *wire.RPCError) {
	var id string
	if err := decodeParams(raw, "ID", &id); err != nil {
		return nil, &wire.RPCError{Code: wire.RPCInvalidParams, Message: err.Error()}
	}
	return nil, &wire.RPCError{Code: wire.RPCServer, Message: "subscription not found"}
}

var errNonArray = errors.New("non-array args")

// splitParams reads params, an array or nothing.
func splitParams(raw json.RawMessage) ([]json.RawMessage, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if raw[0] != '[' {
		return nil, errNonArray
	}
	var args []json.RawMessage
	err := json.Unmarshal(raw, &args)
	return args, err
}

// decodeParams reads params, an array of exactly one value, into p.
func decodeParams(raw json.RawMessage, name string, p any) error {
	args, err := splitParams(raw)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.New("missing value for required argument 0")
	}
	if err := json.Unmarshal(args[0], p); err != nil {
		return fmt.Errorf("invalid argument 0: %s", decoderText(err, name))
	}
	if len(args) > 1 {
		return errors.New("too many arguments, want at most 1")
	}
	return nil
}

// decoderText words a wrong type as the reference does, whose types have
// other names than ours.
func decoderText(err error, name string) string {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok {
		return err.Error()
	}
	kind := wrong.Type.String()
	switch {
	case wrong.Struct == "" && name != "ID":
		kind = "rpc." + name
	case wrong.Struct == "" || wrong.Type.PkgPath() != "":
		kind = "rpc." + wrong.Type.Name()
	}
	if wrong.Struct == "" {
		return fmt.Sprintf("json: cannot unmarshal %s into Go value of type %s", wrong.Value, kind)
	}
	in := wrong.Struct
	if in != "Signature" {
		in = name
	}
	return fmt.Sprintf("json: cannot unmarshal %s into Go struct field %s.%s of type %s", wrong.Value, in, wrong.Field, kind)
}

// uploadParams is for requestUpload and requestUploadStream, and
// downloadedParams for downloadedFileInfo, with the kinds of numbers that the
// reference reads.
type uploadParams struct {
	FileName        string         `json:"filename"`
	FileSize        int            `json:"filesize"`
	FileHash        string         `json:"filehash"`
	Signature       wire.Signature `json:"signature"`
	DesiredTier     uint32         `json:"desired_tier"`
	AllowHigherTier bool           `json:"allow_higher_tier"`
	ReqTime         int64          `json:"req_time"`
	SequenceNumber  string         `json:"sequencenumber"`
}

type downloadedParams struct {
	FileHash string `json:"filehash"`
	FileSize uint64 `json:"filesize"`
	ReqID    string `json:"reqid"`
}
