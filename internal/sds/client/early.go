package client

import (
	"bytes"
	"encoding/base64"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// early passes the bytes of a piece on while its answer still comes in: an
// answer has four megabytes, and a player that waits for its first bytes should
// not wait for the last. It is an [io.Writer] for the answer as it arrives. The
// whole answer is read and judged afterwards as ever.
type early struct {
	sink  *sink
	call  int64 // of the answer
	first bool  // it is the first answer of a transfer

	head  []byte // what came before the data; nil once the data begins
	over  bool   // nothing (more) is passed on
	start int64  // range of the piece
	end   int64
	at    int64  // what was passed on, from start
	rest  []byte // characters that make no whole byte yet
	plain []byte
	err   error // of the sink
}

// mostHead is more than what comes before the data of an answer.
const mostHead = 16 << 10

// mark is where the data begins. Inside of a name it cannot stand, since quotes
// are escaped there.
const mark = `"filedata":"`

func newEarly(s *sink, call int64, first bool) *early {
	return &early{sink: s, call: call, first: first, head: make([]byte, 0, 512)}
}

// Write takes what came next. It never fails: what cannot be passed on now is
// when all has come.
func (e *early) Write(p []byte) (int, error) {
	n := len(p)
	if !e.over && e.head != nil {
		p = e.look(p)
	}
	if !e.over && e.head == nil {
		e.pass(p)
	}
	return n, nil
}

// look waits for the data and returns what of it came.
func (e *early) look(p []byte) []byte {
	e.head = append(e.head, p...)
	at := bytes.Index(e.head, []byte(mark))
	if at < 0 {
		e.over = len(e.head) > mostHead
		return nil
	}
	at += len(mark)
	data := bytes.Clone(e.head[at:])
	e.over = !e.begin(e.head[:at])
	e.head = nil
	return data
}

// begin reads what comes before the data; false where that is not a piece that
// is wanted.
func (e *early) begin(head []byte) bool {
	var a answer
	whole := append(bytes.Clone(head), `"}}`...)
	if decodeAnswer(whole, e.call, &a.Result) != nil {
		return false
	}
	code, _ := wire.ParseReturn(a.Return)
	start, end, ok := a.Range()
	if code != wire.DownloadOK || !ok || start == end {
		return false
	}
	e.start, e.end, e.at = start, end, start
	if e.first {
		e.err = e.sink.expect(&a)
	}
	return e.err == nil && e.sink.wants(start, end)
}

// pass decodes what is whole and hands it to the sink.
func (e *early) pass(p []byte) {
	if i := bytes.IndexByte(p, '"'); i >= 0 {
		p, e.over = p[:i], true
	}
	e.rest = append(e.rest, p...)
	whole := len(e.rest) / 4 * 4
	if need := base64.StdEncoding.DecodedLen(whole); cap(e.plain) < need {
		e.plain = make([]byte, need)
	}
	n, err := base64.StdEncoding.Decode(e.plain[:cap(e.plain)], e.rest[:whole])
	if err != nil || e.at+int64(n) > e.end { // garbage, as will be seen
		e.over = true
		return
	}
	e.rest = append(e.rest[:0], e.rest[whole:]...)
	if n == 0 {
		return
	}
	if e.err = e.sink.give(e.at, e.plain[:n]); e.err != nil {
		e.over = true
		return
	}
	e.at += int64(n)
}
