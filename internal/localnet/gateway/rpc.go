package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// call is one JSON-RPC call that is being served.
type call struct {
	ctx  context.Context
	body *body // where long strings went
}

// method serves one call. params is the raw params member.
type method func(c *call, params json.RawMessage) (any, *wire.RPCError)

// serveCalls answers the body of a request: one call or a batch.
func (g *Gateway) serveCalls(w http.ResponseWriter, r *http.Request) {
	in, err := readBody(io.LimitReader(r.Body, wire.MaxBody))
	if err != nil {
		return // the client went away
	}
	defer in.release()
	g.serveBody(w, &call{ctx: r.Context(), body: in})
}

// serveBody answers a request that was read.
func (g *Gateway) serveBody(w http.ResponseWriter, c *call) {
	var first json.RawMessage
	err := json.NewDecoder(bytes.NewReader(c.body.json.Bytes())).Decode(&first)
	if errors.Is(err, io.EOF) {
		return // an empty body gets an empty answer
	}
	if err != nil {
		writeAnswer(w, failure(nil, wire.RPCParse, "parse error"))
		return
	}
	if first[0] == '[' {
		g.serveBatch(w, c, first)
		return
	}
	if a := g.serveOne(c, first); a != nil {
		writeAnswer(w, a)
	}
}

func (g *Gateway) serveBatch(w http.ResponseWriter, c *call, raw json.RawMessage) {
	var calls []json.RawMessage
	if err := json.Unmarshal(raw, &calls); err != nil {
		writeAnswer(w, failure(nil, wire.RPCParse, "parse error"))
		return
	}
	if len(calls) == 0 {
		writeAnswer(w, failure(nil, wire.RPCInvalidRequest, "empty batch"))
		return
	}
	var out bytes.Buffer
	separator := byte('[')
	for _, one := range calls {
		if a := g.serveOne(c, one); a != nil {
			out.WriteByte(separator)
			separator = ','
			a.writeTo(&out)
		}
	}
	if out.Len() > 0 {
		out.WriteString("]\n")
		w.Write(out.Bytes())
	}
}

// serveOne returns nil for a notification.
func (g *Gateway) serveOne(c *call, raw json.RawMessage) *answer {
	var r wire.Request
	_ = json.Unmarshal(raw, &r) // what is no object is a call without a method
	validID := len(r.ID) > 0 && r.ID[0] != '{' && r.ID[0] != '['
	switch {
	case r.Method == "" && validID:
		return failure(r.ID, wire.RPCInvalidRequest, "invalid request")
	case r.Method == "" || len(r.ID) > 0 && !validID:
		return failure(nil, wire.RPCInvalidRequest, "invalid request")
	}
	result, fail := g.dispatch(c, r)
	if len(r.ID) == 0 {
		if p, ok := result.(*piece); ok {
			p.release()
		}
		return nil
	}
	if fail != nil {
		return failure(r.ID, fail.Code, fail.Message)
	}
	return &answer{id: r.ID, result: result}
}

// dispatch runs the method; one that panics answers like the reference.
func (g *Gateway) dispatch(c *call, r wire.Request) (result any, fail *wire.RPCError) {
	if strings.HasSuffix(r.Method, "_subscribe") {
		return nil, &wire.RPCError{Code: wire.RPCServer, Message: "notifications not supported"}
	}
	m, ok := g.methods[r.Method]
	if !ok {
		return nil, &wire.RPCError{
			Code:    wire.RPCNoMethod,
			Message: fmt.Sprintf("the method %s does not exist/is not available", r.Method),
		}
	}
	defer func() {
		if p := recover(); p != nil {
			g.logf("%s: %v", r.Method, p)
			result, fail = nil, crashed()
		}
	}()
	return m(c, r.Params)
}

func crashed() *wire.RPCError {
	return &wire.RPCError{Code: wire.RPCServer, Message: "method handler crashed"}
}

// handle makes a method of a function that takes one object.
func handle[P any](fn func(*call, P) any) method {
	return func(c *call, raw json.RawMessage) (any, *wire.RPCError) {
		var p P
		if err := decodeParams(raw, &p); err != nil {
			return nil, &wire.RPCError{Code: wire.RPCInvalidParams, Message: err.Error()}
		}
		result := fn(c, p)
		if fail, ok := result.(*wire.RPCError); ok {
			return nil, fail
		}
		return result, nil
	}
}

// decodeParams reads params, an array of exactly one object.
func decodeParams(raw json.RawMessage, p any) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return errors.New("missing value for required argument 0")
	}
	if raw[0] != '[' {
		return errors.New("non-array args")
	}
	var args []json.RawMessage
	if err := json.Unmarshal(raw, &args); err != nil {
		return err
	}
	if len(args) == 0 {
		return errors.New("missing value for required argument 0")
	}
	if err := json.Unmarshal(args[0], p); err != nil {
		return fmt.Errorf("invalid argument 0: %s", decoderText(err))
	}
	if len(args) > 1 {
		return errors.New("too many arguments, want at most 1")
	}
	return nil
}

// referenceNames are the names of types in the texts of the reference, as far
// as they were seen.
var referenceNames = map[string]string{
	"OzoneParams": "ParamReqGetOzone", "UploadParams": "ParamReqUploadFile",
}

// decoderText words a wrong type as the reference does.
func decoderText(err error) string {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	if !ok || wrong.Struct == "" {
		return err.Error()
	}
	name := referenceNames[wrong.Struct]
	if name == "" {
		name = wrong.Struct
	}
	kind := wrong.Type.String()
	if kind == "int64" {
		kind = "int"
	}
	return fmt.Sprintf("json: cannot unmarshal %s into Go struct field %s.%s of type %s", wrong.Value, name, wrong.Field, kind)
}
