package client

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// The two calls that carry bytes are written and read by hand: a piece is
// some 4.5 MB of base64 inside JSON, and encoding/json would look at each of
// its characters several times.

// uploadBody writes an uploadData request into b, with the bytes of src in
// [start, end) as data; see is shown these bytes.
func uploadBody(b *buffer, id int64, p wire.UploadDataParams, src io.ReaderAt, start, end int64, see func([]byte)) error {
	b.Reset()
	b.Grow(base64.StdEncoding.EncodedLen(int(end-start)) + 1024)
	head := fmt.Appendf(b.AvailableBuffer(), `{"jsonrpc":"2.0","id":%d,"method":%q,"params":[{"data":"`, id, wire.MethodUploadData)
	b.Write(head)
	if err := encodeRange(b, src, start, end, see); err != nil {
		return err
	}
	b.WriteString(`",`)
	rest, err := json.Marshal(p) // its own data member is empty
	if err != nil {
		return err
	}
	b.Write(bytes.Replace(rest[1:], []byte(`"data":"",`), nil, 1))
	b.WriteString(`]}`)
	return nil
}

// encodeStep is read and encoded at a time: small enough for the cache of a
// processor core, and without a rest in base64.
const encodeStep = 48 << 10

func encodeRange(b *buffer, src io.ReaderAt, start, end int64, see func([]byte)) error {
	plain := make([]byte, min(encodeStep, end-start))
	for at := start; at < end; {
		n := min(int64(len(plain)), end-at)
		if err := readFull(src, plain[:n], at); err != nil {
			return err
		}
		see(plain[:n])
		b.Write(base64.StdEncoding.AppendEncode(b.AvailableBuffer(), plain[:n]))
		at += n
	}
	return nil
}

// readFull fills p from src; a source that has become shorter is ErrChanged.
func readFull(src io.ReaderAt, p []byte, at int64) error {
	n, err := src.ReadAt(p, at)
	if n == len(p) {
		return nil
	}
	if err == io.EOF || err == nil {
		return fmt.Errorf("%w: it is shorter now", ErrChanged)
	}
	return fmt.Errorf("read the file: %w", err)
}

// answer is a result with its data still in base64 inside buf.
type answer struct {
	wire.Result
	data  []byte
	buf   *buffer
	early *early // passed bytes on already; nil where nobody asked for that
}

// passed tells whether all bytes of a range were passed on already.
func (a *answer) passed(start, end int64) bool {
	e := a.early
	return e != nil && e.start == start && e.end == end && e.at == end
}

// callData is call for methods whose result may carry file data, which s gets
// while it comes in if it wants to. The answer is given back with
// release(answer.buf).
func (c *Client) callData(ctx context.Context, e *endpoint, limit time.Duration, method string, params any, s *sink) (*answer, error) {
	body, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	id := c.ids.Add(1)
	head := []byte(`{"jsonrpc":"2.0","id":` + strconv.FormatInt(id, 10) + `,"method":"` + method + `","params":[`)
	head = append(append(head, body...), `]}`...)
	var tap *early
	if s.early {
		tap = newEarly(s, id, method != wire.MethodDownloadData)
	}
	raw, err := c.post(ctx, e.rpc, limit, head, nil, tap)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	a, err := decodeData(raw.Bytes(), id)
	if err != nil {
		c.release(raw)
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	a.buf, a.early = raw, tap
	return a, nil
}

// decodeData reads the answer to the call id and leaves result.filedata as it
// is.
func decodeData(raw []byte, id int64) (*answer, error) {
	a := new(answer)
	from, to, ok := findData(raw)
	if !ok { // no data, or written in a way that only encoding/json reads
		if err := decodeAnswer(raw, id, &a.Result); err != nil {
			return nil, err
		}
		a.data, a.FileData = []byte(a.FileData), ""
		return a, nil
	}
	rest := append(append(make([]byte, 0, len(raw)-(to-from)), raw[:from]...), raw[to:]...)
	if err := decodeAnswer(rest, id, &a.Result); err != nil {
		return nil, err
	}
	a.data = raw[from:to]
	return a, nil
}

// bytes decodes the data into p, which is grown as needed, and returns it
// together with its place in the file. Data that does not fill its range is
// garbage.
func (a *answer) bytes(p []byte) (offset int64, data []byte, err error) {
	start, end, ok := a.Range()
	if !ok || end == start {
		return 0, p, fmt.Errorf("%w: data without a range", errGarbage)
	}
	if need := base64.StdEncoding.DecodedLen(len(a.data)); cap(p) < need {
		p = make([]byte, need)
	}
	n, err := base64.StdEncoding.Decode(p[:cap(p)], a.data)
	if err != nil {
		return 0, p, fmt.Errorf("%w: %v", errGarbage, err)
	}
	if int64(n) != end-start {
		return 0, p, fmt.Errorf("%w: %d bytes for a range of %d", errGarbage, n, end-start)
	}
	return start, p[:n], nil
}
