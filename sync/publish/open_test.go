package publish

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"sync"
	"testing"
	"time"
)

// movie looks like an MP4 whose index lies at its end.
func movie(size int) []byte {
	body := noise(4, size)
	box := func(at, n int, kind string) {
		binary.BigEndian.PutUint32(body[at:], uint32(n))
		copy(body[at+4:], kind)
	}
	const index = 100_000
	box(0, 24, "ftyp")
	box(24, size-index-24, "mdat")
	box(size-index, index, "moov")
	return body
}

// A player that asks for start and index of a film has them with the manifest;
// a seek costs the part that it leads to, reading on the next one too.
func TestSeeksFetchLittle(t *testing.T) {
	const size = 30 << 20
	n, body := newNet(), movie(size)
	p, link := publish(t, n, t.TempDir(), "film.mp4", body)
	o := open(t, n, link, newStore(t))
	checkRead(t, o, body, 0, 150_000)
	checkRead(t, o, body, size-100_000, 100_000)
	if n.fetches(p.ShareID) != 0 || o.Fetched() > 512<<10 {
		t.Fatal("header and index cost", n.fetches(p.ShareID), "parts,", o.Fetched(), "bytes")
	}
	checkRead(t, o, body, 15<<20, 1000)
	if got := n.fetches(p.ShareID); got != 1 {
		t.Fatal("a seek fetched", got, "parts")
	}
	for off := 15 << 20; off < 19<<20; off += 64 << 10 {
		checkRead(t, o, body, off, 64<<10)
	}
	if got := n.fetches(p.ShareID); got > 3 {
		t.Fatal("reading 4 MiB fetched", got, "parts")
	}
	before := o.Fetched()
	checkRead(t, o, body, 16<<20, 1<<20)
	if o.Fetched() > before+4<<20 {
		t.Fatal("the same bytes were fetched again")
	}
}

func TestReadBeforeThePartIsWhole(t *testing.T) {
	n, body := newNet(), noise(6, 3<<20)
	_, link := publish(t, n, t.TempDir(), "a.bin", body)
	o := open(t, n, link, newStore(t))
	hold := make(chan struct{})
	n.hook(func(piece func(int64, []byte) error, file []byte) error {
		if err := piece(0, file[:1<<20+1000]); err != nil {
			return err
		}
		<-hold
		return piece(1<<20+1000, file[1<<20+1000:])
	})
	checkRead(t, o, body, 5, 1000)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := o.ReadAtContext(ctx, make([]byte, 10), 2<<20); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal("a missing chunk:", err)
	}
	close(hold)
	checkRead(t, o, body, 2<<20, 1000)
}

func TestManyReaders(t *testing.T) {
	n, body := newNet(), movie(12<<20)
	_, link := publish(t, n, t.TempDir(), "film.mp4", body)
	o := open(t, n, link, newStore(t))
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for off := i << 18; off < len(body); off += 700_000 {
				p := make([]byte, 10_000)
				k, _ := o.ReadAt(p, int64(off))
				if !bytes.Equal(p[:k], body[off:min(off+10_000, len(body))]) {
					t.Error("reader", i, "at", off)
				}
			}
		})
	}
	wg.Wait()
	if o.Fetched() > 13<<20 {
		t.Error("parts were fetched twice:", o.Fetched())
	}
}

func TestClose(t *testing.T) {
	n, body := newNet(), noise(6, 3<<20)
	_, link := publish(t, n, t.TempDir(), "a.bin", body)
	store := newStore(t)
	o := open(t, n, link, store)
	began := make(chan struct{})
	n.hook(func(piece func(int64, []byte) error, _ []byte) error {
		close(began)
		for piece(0, []byte{1}) == nil && o.ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		return context.Canceled
	})
	got := make(chan error)
	go func() {
		_, err := o.ReadAt(make([]byte, 10), 2<<20)
		got <- err
	}()
	<-began
	_ = o.Close()
	if err := <-got; !errors.Is(err, fs.ErrClosed) {
		t.Fatal(err)
	}
	n.hook(nil)
	checkSave(t, open(t, n, link, store), body)
}

// A part damaged on one of its copies is fetched once more; one that stays
// damaged gives an error, and costs no third fetch.
func TestDamagedParts(t *testing.T) {
	n, body := newNet(), noise(6, 3<<20)
	p, link := publish(t, n, t.TempDir(), "a.bin", body)
	good := n.files[p.Parts[0].FileID]
	n.spoil(p.Parts[0].FileID, func(b []byte) []byte { b[70_000] ^= 1; return b })
	n.fault = func(method, _ string, after bool) error {
		if method == "Fetch" && !after && n.fetches(p.ShareID) == 1 { // the second
			n.spoil(p.Parts[0].FileID, func([]byte) []byte { return good })
		}
		return nil
	}
	checkSave(t, open(t, n, link, newStore(t)), body)

	n.fault = nil
	n.spoil(p.Parts[0].FileID, func(b []byte) []byte { b[70_000] ^= 1; return b })
	o := open(t, n, link, newStore(t))
	before := n.fetches(p.ShareID)
	for range 3 {
		var dst buffer
		wantSentence(t, o.SaveTo(t.Context(), &dst, nil), ErrDamaged)
	}
	if got := n.fetches(p.ShareID) - before; got != 2 {
		t.Fatal(got, "fetches of a part that stays damaged")
	}
	checkRead(t, o, body, 2<<20, 1000)
}

// Whatever bit is changed in a file on the network, no wrong byte is returned.
func TestEveryBitCounts(t *testing.T) {
	n, body := newNet(), noise(6, 700)
	p, link := publish(t, n, t.TempDir(), "a.bin", body)
	file := n.files[p.FileID]
	for i := range file {
		n.spoil(p.FileID, func([]byte) []byte { b := bytes.Clone(file); b[i] ^= 1 << (i % 8); return b })
		want := ErrDamaged
		if i == 4 { // the version in the header
			want = ErrNewer
		}
		wantSentence(t, readAll(t, n, link), want)
	}
	for cut := 0; cut < len(file); cut += 7 {
		n.spoil(p.FileID, func([]byte) []byte { return file[:cut] })
		wantSentence(t, readAll(t, n, link), ErrDamaged)
	}
}

func TestEveryBitOfAPart(t *testing.T) {
	n, body := newNet(), noise(6, inManifest+10)
	p, link := publish(t, n, t.TempDir(), "a.bin", body)
	file, m := n.files[p.Parts[0].FileID], open(t, n, link, newStore(t)).man
	last := m.parts[0].blobs[len(m.parts[0].blobs)-1]
	end := int(last.at + last.sealed)
	for i := 0; i < end; i += 1 + i/40*997 {
		n.spoil(p.Parts[0].FileID, func([]byte) []byte { b := bytes.Clone(file); b[i] ^= 1 << (i % 8); return b })
		if err := readAll(t, n, link); i != 4 { // a version we do not know is no damage
			wantSentence(t, err, ErrDamaged)
		} else {
			wantSentence(t, err, ErrNewer)
		}
	}
	n.spoil(p.Parts[0].FileID, func([]byte) []byte { return file[:end-1] })
	wantSentence(t, readAll(t, n, link), ErrDamaged)
	n.spoil(p.Parts[0].FileID, func([]byte) []byte { return append(bytes.Clone(file), 0) })
	o := open(t, n, link, newStore(t))
	if _, err := o.ReadAt(make([]byte, len(body)), 0); err != nil {
		wantSentence(t, err, ErrDamaged) // unless the chunk was there before the byte too many
	}
}

func readAll(t *testing.T, n *fakeNet, link Link) error {
	t.Helper()
	o, err := Open(t.Context(), n, link, newStore(t))
	if err != nil {
		return err
	}
	var dst buffer
	return o.SaveTo(t.Context(), &dst, nil)
}
