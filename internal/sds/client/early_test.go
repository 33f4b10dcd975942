package client

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"pgregory.net/rapid"
)

// pieceAnswerText is an answer with a piece, as nodes write it.
func pieceAnswerText(call, start int64, content []byte) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":{"return":"2","reqid":"r","offsetstart":%d,"offsetend":%d,"filename":"a \"filedata\":\" b","filedata":"%s"}}`,
		call, start, start+int64(len(content)), base64.StdEncoding.EncodeToString(content))
}

// gathered is a sink that keeps what it gets.
type gathered struct {
	sink
	at   int64
	file []byte
}

func gather(from int64) *gathered {
	g := &gathered{at: from}
	g.sink.early = true
	g.piece = func(offset int64, p []byte) error {
		if offset != g.at {
			return fmt.Errorf("bytes at %d, want %d", offset, g.at)
		}
		g.file = append(g.file, p...)
		g.at += int64(len(p))
		return nil
	}
	return g
}

func TestBytesArePassedOnInWhateverPartsTheyCome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 1, 3000).Draw(t, "content")
		start := rapid.Int64Range(0, 1<<30).Draw(t, "start")
		text := []byte(pieceAnswerText(7, start, content))
		g := gather(start)
		e := newEarly(&g.sink, 7, false)
		for left := text; len(left) > 0; {
			n := rapid.IntRange(1, len(left)).Draw(t, "part")
			if _, err := e.Write(left[:n]); err != nil {
				t.Fatal(err)
			}
			left = left[n:]
		}
		if !bytes.Equal(g.file, content) {
			t.Fatalf("%d of %d bytes were passed on", len(g.file), len(content))
		}
		a, err := decodeData(text, 7)
		if err != nil {
			t.Fatal(err)
		}
		a.early = e
		if err := g.take(a); err != nil || len(g.file) != len(content) || !g.got.has(start, start+int64(len(content))) {
			t.Fatalf("taken: %v, %d bytes, have %v", err, len(g.file), g.got)
		}
	})
}

// TestFirstBytesDoNotWaitForTheLast: the rest of the answer is sent only when
// its beginning was passed on.
func TestFirstBytesDoNotWaitForTheLast(t *testing.T) {
	content := bytes.Repeat([]byte("stratos "), 30_000)
	text := pieceAnswerText(1, 0, content)
	r, w := io.Pipe()
	g := gather(0)
	keep := g.piece
	came := make(chan bool, 1000)
	g.piece = func(offset int64, p []byte) error {
		came <- true
		return keep(offset, p)
	}
	go func() {
		_, _ = io.WriteString(w, text[:100_000])
		<-came
		_, _ = io.WriteString(w, text[100_000:])
		_ = w.Close()
	}()
	var line downlink
	b := new(buffer)
	resp := &http.Response{StatusCode: http.StatusOK, ContentLength: int64(len(text)), Body: r}
	if err := b.fillFrom(resp, &line, newEarly(&g.sink, 1, false)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(g.file, content) || b.String() != text {
		t.Errorf("%d bytes were passed on, the answer has %d of %d", len(g.file), b.Len(), len(text))
	}
}

func TestNothingIsPassedOnOfOtherAnswers(t *testing.T) {
	good := pieceAnswerText(1, 0, []byte("content"))
	for name, text := range map[string]string{
		"another call":     pieceAnswerText(2, 0, []byte("content")),
		"a refusal":        `{"jsonrpc":"2.0","id":1,"result":{"return":"-6","offsetstart":0,"offsetend":7,"filedata":"Y29udGVudA=="}}`,
		"no range":         `{"jsonrpc":"2.0","id":1,"result":{"return":"2","filedata":"Y29udGVudA=="}}`,
		"outside the file": pieceAnswerText(1, 95, []byte("content")),
		"data in an error": `{"jsonrpc":"2.0","id":1,"error":{"return":"2","offsetstart":0,"offsetend":7,"filedata":"Y29udGVudA=="}}`,
	} {
		g := gather(0)
		g.size = 100
		e := newEarly(&g.sink, 1, false)
		_, _ = e.Write([]byte(text))
		if len(g.file) > 0 || e.err != nil {
			t.Errorf("%s: %q, %v", name, g.file, e.err)
		}
	}
	g := gather(0)
	g.got = g.got.add(0, 7)
	_, _ = newEarly(&g.sink, 1, false).Write([]byte(good))
	if len(g.file) > 0 {
		t.Errorf("what came before came again: %q", g.file)
	}
}

func TestFailuresOfTheSinkEndTheTransfer(t *testing.T) {
	full := errors.New("disk full")
	g := gather(0)
	g.piece = func(int64, []byte) error { return full }
	text := []byte(pieceAnswerText(1, 0, []byte("content")))
	e := newEarly(&g.sink, 1, false)
	_, _ = e.Write(text)
	a, err := decodeData(text, 1)
	if err != nil {
		t.Fatal(err)
	}
	a.early = e
	if err := g.take(a); !errors.Is(err, full) {
		t.Errorf("taken: %v", err)
	}
}

// FuzzEarly: whatever comes, no byte outside of the announced range is passed
// on, and the answer itself is read as it would be without.
func FuzzEarly(f *testing.F) {
	f.Add([]byte(pieceAnswerText(1, 3, []byte("content"))), 20)
	f.Add([]byte(`{"id":1,"result":{"return":"2","offsetstart":3,"offsetend":5,"filedata":"AAAAAAAAAAAAAAA`), 60)
	f.Fuzz(func(t *testing.T, raw []byte, cut int) {
		g := gather(0)
		g.piece = func(offset int64, p []byte) error {
			g.file = append(g.file, p...)
			return nil
		}
		e := newEarly(&g.sink, 1, false)
		cut = min(max(0, cut), len(raw))
		_, _ = e.Write(raw[:cut])
		_, _ = e.Write(raw[cut:])
		if int64(len(g.file)) != e.at-e.start || e.at > e.end {
			t.Fatalf("%d bytes for %d to %d, now at %d", len(g.file), e.start, e.end, e.at)
		}
	})
}
