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
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// call is one JSON-RPC call that is being served.
type call struct {
	ctx     context.Context
	body    *body // where long strings went
	answers int   // that it waited for
}

// asked notes that the call waits for so many answers of the network, one
// after the other.
func (c *call) asked(answers int) { c.answers += answers }

// method serves one call. params is the raw params member.
type method func(c *call, params json.RawMessage) (any, *wire.RPCError)

// envelope is a JSON-RPC message as the reference reads it: the members result
// and error make it an answer, which a server has no use for.
type envelope struct {
	Version string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
	Error   *wire.RPCError  `json:"error"`
	Result  json.RawMessage `json:"result"`
}

func (m envelope) validID() bool { return len(m.ID) > 0 && m.ID[0] != '{' && m.ID[0] != '[' }

func (m envelope) isAnswer() bool {
	return m.validID() && m.Method == "" && m.Params == nil && (m.Result != nil || m.Error != nil)
}

// serveCalls answers the body of a request: one call or a batch.
func (g *Gateway) serveCalls(w http.ResponseWriter, r *http.Request) {
	in, err := readBody(io.LimitReader(r.Body, wire.MaxBody))
	if err != nil {
		writeAnswer(w, failure(nil, wire.RPCParse, "parse error")) // if the client is still there
		return
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

// serveOne returns nil for a notification and for what is no call at all but
// an answer.
func (g *Gateway) serveOne(c *call, raw json.RawMessage) *answer {
	var m envelope
	_ = json.Unmarshal(raw, &m) // what is no object is a call without a method
	switch {
	case m.isAnswer():
		return nil
	case m.Method == "" && m.validID():
		return failure(m.ID, wire.RPCInvalidRequest, "invalid request")
	case m.Method == "" || m.ID != nil && !m.validID():
		return failure(nil, wire.RPCInvalidRequest, "invalid request")
	}
	result, fail := g.dispatch(c, m)
	if m.ID == nil {
		if p, ok := result.(*piece); ok {
			p.release()
		}
		return nil
	}
	if fail != nil {
		return failure(m.ID, fail.Code, fail.Message)
	}
	return &answer{id: m.ID, result: result}
}

// dispatch runs the method and waits for the answers that it waited for.
func (g *Gateway) dispatch(c *call, m envelope) (any, *wire.RPCError) {
	c.answers = 0
	result, fail := g.run(c, m)
	g.await(c)
	return result, fail
}

// await waits for the answers that c waits for.
func (g *Gateway) await(c *call) { g.wait(c.ctx, time.Duration(c.answers)*g.quirks.answer) }

// run runs the method; one that panics answers like the reference.
func (g *Gateway) run(c *call, m envelope) (result any, fail *wire.RPCError) {
	serve, fail := g.find(m.Method)
	if fail != nil {
		return nil, fail
	}
	g.counts.count(m.Method)
	defer func() {
		p := recover()
		switch {
		case p == nil:
			return
		case p == http.ErrAbortHandler: // no answer at all
			panic(p)
		}
		g.logf("%s: %v", m.Method, p)
		result, fail = nil, crashed()
	}()
	return serve(c, m.Params)
}

// find returns the method of a name. Subscriptions need another kind of
// connection.
func (g *Gateway) find(name string) (method, *wire.RPCError) {
	switch {
	case strings.HasSuffix(name, "_subscribe"):
		return nil, &wire.RPCError{Code: wire.RPCServer, Message: "notifications not supported"}
	case strings.HasSuffix(name, "_unsubscribe"):
		return unsubscribe, nil
	case g.methods[name] != nil:
		return g.methods[name], nil
	}
	return nil, &wire.RPCError{
		Code:    wire.RPCNoMethod,
		Message: fmt.Sprintf("the method %s does not exist/is not available", name),
	}
}

func crashed() *wire.RPCError {
	return &wire.RPCError{Code: wire.RPCServer, Message: "method handler crashed"}
}
