package monitor

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// Methods of the socket.
const (
	namespace    = "monitor"
	topic        = "subscription" // the only one that can be subscribed to
	methodEvent  = namespace + "_subscription"
	methodDisk   = namespace + "_getDiskUsage"
	methodOnline = namespace + "_getOnlineState"
	methodNode   = namespace + "_getNodeDetails"
	methodFlow   = namespace + "_getTrafficData"
)

var (
	errToken      = &wire.RPCError{Code: wire.RPCServer, Message: "failed token check"}
	errUnknownID  = &wire.RPCError{Code: wire.RPCServer, Message: "client hasn't subscribed to the service"}
	errNotOnes    = &wire.RPCError{Code: wire.RPCServer, Message: "subscription not found"}
	errParse      = &wire.RPCError{Code: wire.RPCParse, Message: "parse error"}
	errNoRequest  = &wire.RPCError{Code: wire.RPCInvalidRequest, Message: "invalid request"}
	errEmptyBatch = &wire.RPCError{Code: wire.RPCInvalidRequest, Message: "empty batch"}
)

// serveMessage answers one message: a call, or a batch of them. nil is no
// answer.
func (c *client) serveMessage(raw []byte) any {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '[' {
		return c.serveCall(raw)
	}
	var calls []json.RawMessage
	if err := json.Unmarshal(raw, &calls); err != nil {
		return failure(nil, errParse)
	}
	if len(calls) == 0 {
		return failure(nil, errEmptyBatch)
	}
	var answers []any
	for _, one := range calls {
		if a := c.serveCall(one); a != nil {
			answers = append(answers, a)
		}
	}
	if answers == nil {
		return nil
	}
	return answers
}

func (c *client) serveCall(raw json.RawMessage) any {
	var r wire.Request
	_ = json.Unmarshal(raw, &r) // what is no object is a call without a method
	validID := len(r.ID) > 0 && r.ID[0] != '{' && r.ID[0] != '['
	switch {
	case r.Method == "" && validID:
		return failure(r.ID, errNoRequest)
	case r.Method == "" || len(r.ID) > 0 && !validID:
		return failure(nil, errNoRequest)
	}
	value, err := c.dispatch(r)
	if len(r.ID) == 0 {
		return nil
	}
	if err != nil {
		return failure(r.ID, asRPCError(err))
	}
	return answer{JSONRPC: "2.0", ID: r.ID, Result: value}
}

func failure(id json.RawMessage, err *wire.RPCError) wire.Response {
	if id == nil {
		id = json.RawMessage("null")
	}
	return wire.Response{JSONRPC: "2.0", ID: id, Error: err}
}

// asRPCError makes wrong parameters of an error that is nothing else.
func asRPCError(err error) *wire.RPCError {
	if e, ok := errors.AsType[*wire.RPCError](err); ok {
		return e
	}
	return &wire.RPCError{Code: wire.RPCInvalidParams, Message: err.Error()}
}

func (c *client) dispatch(r wire.Request) (any, error) {
	switch {
	case strings.HasSuffix(r.Method, "_subscribe"):
		return c.subscribe(strings.TrimSuffix(r.Method, "_subscribe"), r.Params)
	case strings.HasSuffix(r.Method, "_unsubscribe"):
		return c.unsubscribe(r.Params)
	case r.Method == wire.MethodModules:
		return map[string]string{namespace: "1.0", "rpc": "1.0"}, arguments(r.Params)
	}
	fill, ok := queries[r.Method]
	if !ok {
		return nil, &wire.RPCError{
			Code:    wire.RPCNoMethod,
			Message: fmt.Sprintf("the method %s does not exist/is not available", r.Method),
		}
	}
	var p queryParams
	if err := arguments(r.Params, &p); err != nil {
		return nil, err
	}
	if !c.monitor.knows(p.SubID) {
		return nil, errUnknownID
	}
	answer := result{Return: success, MessageType: r.Method}
	fill(c.monitor, p, &answer)
	return answer, nil
}

// queries fill in the member that each method is about.
var queries = map[string]func(m *Monitor, p queryParams, r *result){
	methodDisk:   func(m *Monitor, _ queryParams, r *result) { r.Disk = new(m.disk()) },
	methodOnline: func(m *Monitor, _ queryParams, r *result) { r.Online = new(m.online()) },
	methodNode: func(m *Monitor, _ queryParams, r *result) {
		r.Node = &nodeDetails{ID: "1", Address: m.config.Node.Address()}
	},
	methodFlow: func(m *Monitor, p queryParams, r *result) {
		if r.Traffic = m.history.newest(p.Lines); len(r.Traffic) == 0 {
			r.Return = noData
		}
	},
}

// subscribe checks the topic before the token, as the reference does.
func (c *client) subscribe(space string, params json.RawMessage) (any, error) {
	list, err := positional(params)
	if err != nil {
		return nil, err
	}
	var name, given string
	if len(list) == 0 || json.Unmarshal(list[0], &name) != nil {
		return nil, errors.New("expected subscription name as first argument")
	}
	if space != namespace || name != topic {
		return nil, &wire.RPCError{
			Code:    wire.RPCNoMethod,
			Message: fmt.Sprintf("no %q subscription in %s namespace", name, space),
		}
	}
	if err := arguments(params, &name, &given); err != nil {
		return nil, err
	}
	if !c.monitor.token.opens(given, c.monitor.config.Clock()) {
		return nil, errToken
	}
	return c.addSubscription(), nil
}

func (c *client) unsubscribe(params json.RawMessage) (any, error) {
	var id string
	if err := arguments(params, &id); err != nil {
		return nil, err
	}
	if !c.dropSubscription(id) {
		return nil, errNotOnes
	}
	return true, nil
}

// positional splits an array of arguments; none is allowed.
func positional(raw json.RawMessage) ([]json.RawMessage, error) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if raw[0] != '[' {
		return nil, errors.New("non-array args")
	}
	var list []json.RawMessage
	return list, json.Unmarshal(raw, &list)
}

// arguments reads exactly as many arguments as there are places for them.
func arguments(raw json.RawMessage, into ...any) error {
	list, err := positional(raw)
	if err != nil {
		return err
	}
	if len(list) > len(into) {
		return fmt.Errorf("too many arguments, want at most %d", len(into))
	}
	for i, place := range into {
		if i >= len(list) || string(list[i]) == "null" {
			return fmt.Errorf("missing value for required argument %d", i)
		}
		if err := json.Unmarshal(list[i], place); err != nil {
			return fmt.Errorf("invalid argument %d: %w", i, err)
		}
	}
	return nil
}
