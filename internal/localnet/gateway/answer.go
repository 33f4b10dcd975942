package gateway

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/localnet/store"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// answer is a JSON-RPC answer: result, which may be a *piece, or fail.
type answer struct {
	id     json.RawMessage
	result any
	fail   *wire.RPCError
}

// failure answers with an error of the JSON-RPC layer; a nil id is null.
func failure(id json.RawMessage, code int, text string) *answer {
	if id == nil {
		id = json.RawMessage("null")
	}
	return &answer{id: id, fail: &wire.RPCError{Code: code, Message: text}}
}

// writeTo writes the answer without a line end.
func (a *answer) writeTo(w io.Writer) error {
	p, ok := a.result.(*piece)
	if !ok {
		_, err := w.Write(a.json())
		return err
	}
	defer p.release()
	head, tail := p.frame(a.id)
	if _, err := w.Write(head); err != nil {
		return err
	}
	if err := encodeTo(w, p.bytes.Data); err != nil {
		return err
	}
	_, err := w.Write(tail)
	return err
}

// size is the length of what writeTo writes.
func (a *answer) size() int {
	p := a.result.(*piece)
	head, tail := p.frame(a.id)
	return len(head) + base64.StdEncoding.EncodedLen(len(p.bytes.Data)) + len(tail)
}

func (a *answer) json() []byte {
	out := struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *wire.RPCError  `json:"error,omitempty"`
		Result  any             `json:"result,omitempty"`
	}{"2.0", a.id, a.fail, a.result}
	raw, err := json.Marshal(out)
	if err != nil {
		panic(err) // results are plain structs
	}
	return raw
}

// writeAnswer writes a whole response. The length of a piece is told, so that
// the client can see where it was cut off.
func writeAnswer(w http.ResponseWriter, a *answer) {
	if _, ok := a.result.(*piece); ok {
		w.Header().Set("Content-Length", strconv.Itoa(a.size()+1))
	}
	if err := a.writeTo(w); err != nil {
		return // the client went away
	}
	io.WriteString(w, "\n")
}

// piece is a result with bytes of a file.
type piece struct {
	wire.Result
	bytes store.Piece
}

func (p *piece) release() {
	if p.bytes.Data != nil {
		p.bytes.Release()
		p.bytes = store.Piece{}
	}
}

// frame returns what comes before and after the base64 text.
func (p *piece) frame(id json.RawMessage) (head, tail []byte) {
	raw := (&answer{id: id, result: p.Result}).json()
	head = append(raw[:len(raw)-2], `,"filedata":"`...)
	return head, []byte(`"}}`)
}

// encodeTo writes base64 text in parts.
func encodeTo(w io.Writer, data []byte) error {
	chunk := chunks.Get().(*[]byte)
	defer chunks.Put(chunk)
	const part = 48 << 10 // makes 64 KiB of text
	for len(data) > 0 {
		n := min(part, len(data))
		base64.StdEncoding.Encode(*chunk, data[:n])
		if _, err := w.Write((*chunk)[:base64.StdEncoding.EncodedLen(n)]); err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}
