package publish

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/sync/drivekey"
	"github.com/stratosdrive/stratosdrive/sync/pack"
)

// A peer that holds the key may still send what it likes.
func TestHostileManifests(t *testing.T) {
	share := strings.Repeat("a", 34)
	chunk := func(off, size int64) blob { return blob{off: off, size: size, sealed: 100} }
	one := func(b ...blob) []part { return []part{{link: share, size: 5000, blobs: b}} }
	for why, m := range map[string]manifest{
		"path":             {name: "../a"},
		"backslash":        {name: `a\b`},
		"no name":          {name: ""},
		"dots":             {name: ".."},
		"turned":           {name: "a\u202egpj.exe"},
		"nul":              {name: "a\x00b"},
		"gap":              {name: "a", size: 20, parts: one(chunk(0, 5), chunk(10, 10))},
		"overlap":          {name: "a", size: 20, parts: one(chunk(0, 15), chunk(10, 10))},
		"twice":            {name: "a", size: 20, parts: one(chunk(0, 10), chunk(0, 10))},
		"too short":        {name: "a", size: 20, parts: one(chunk(0, 10))},
		"too long":         {name: "a", size: 5, parts: one(chunk(0, 10))},
		"huge chunk":       {name: "a", size: maxChunk + 1, parts: one(chunk(0, maxChunk+1))},
		"huge file":        {name: "a", size: MaxFile + 1},
		"empty chunk":      {name: "a", size: 5, parts: one(chunk(0, 5), chunk(5, 0))},
		"beyond the part":  {name: "a", size: 5, parts: []part{{link: share, size: 120, blobs: []blob{chunk(0, 5)}}}},
		"huge part":        {name: "a", size: 5, parts: []part{{link: share, size: pack.MaxSize + 1, blobs: []blob{chunk(0, 5)}}}},
		"web link":         {name: "a", size: 5, parts: []part{{link: "http://x.org", size: 5000, blobs: []blob{chunk(0, 5)}}}},
		"path link":        {name: "a", size: 5, parts: []part{{link: "../../../etc", size: 5000, blobs: []blob{chunk(0, 5)}}}},
		"password":         {name: "a", size: 5, parts: []part{{link: share + "/abcd", size: 5000, blobs: []blob{chunk(0, 5)}}}},
		"own part sized":   {name: "a", size: 5, parts: []part{{size: 5000, blobs: []blob{chunk(0, 5)}}}},
		"own part second":  {name: "a", size: 10, parts: []part{one(chunk(0, 5))[0], {blobs: []blob{chunk(5, 5)}}}},
		"part without any": {name: "a", parts: []part{{link: share, size: 5000}}},
		"same part twice":  {name: "a", size: 10, parts: append(one(chunk(0, 5)), one(chunk(5, 5))...)},
	} {
		if _, err := decodeManifest(m.encode()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", why, err)
		}
		wantSentence(t, openSealed(t, m.encode()), ErrDamaged)
	}
	fine := manifest{name: "a", size: 15, parts: one(chunk(5, 10), chunk(0, 5))}
	if err := openSealed(t, fine.encode()); err != nil {
		t.Error("a good one:", err)
	}
	wantSentence(t, openSealed(t, []byte{manifestLetter, manifestVersion + 1}), ErrNewer)
}

// openSealed opens a link to a manifest with that list, sealed under its key.
func openSealed(t *testing.T, list []byte) error {
	t.Helper()
	link, n := newLink(), newNet()
	keys, err := drivekey.Derive(link.key[:], drivekey.Link)
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w, _ := pack.NewWriter(&file, keys.ForUse(pack.Manifest), pack.Manifest, 0)
	if _, err := w.Add(pack.Plain(pack.Parts, keys.ID(pack.Parts, list), list)); err != nil {
		t.Fatal(err)
	}
	_, _ = w.Close()
	id, _ := n.Upload(t.Context(), "x", bytes.NewReader(file.Bytes()), int64(file.Len()))
	link.share, _, _ = n.ShareLink(t.Context(), id, 0)
	_, err = Open(t.Context(), n, link, newStore(t))
	return err
}

// A gateway that sends without end is cut off.
func TestEndlessManifest(t *testing.T) {
	n := newNet()
	_, link := publish(t, n, t.TempDir(), "a", nil)
	for _, off := range []int64{-1, pack.MaxSize - 5, 1 << 62} {
		n.hook(func(piece func(int64, []byte) error, _ []byte) error {
			if piece(off, make([]byte, 10)) == nil {
				t.Error("piece accepted at", off)
			}
			return errors.New("refused")
		})
		_, err := Open(t.Context(), n, link, newStore(t))
		wantSentence(t, err, ErrDamaged)
	}
}

func TestWrongKey(t *testing.T) {
	n := newNet()
	_, link := publish(t, n, t.TempDir(), "a.bin", noise(6, 700))
	link.key[31] ^= 1
	_, err := Open(t.Context(), n, link, newStore(t))
	wantSentence(t, err, ErrDamaged)
	if strings.Contains(err.Error(), strings.Split(link.String(), "#")[1]) {
		t.Fatal("the error holds the key")
	}
}

func TestPartsCannotSwap(t *testing.T) {
	n := newNet()
	p, link := publish(t, n, t.TempDir(), "a.mp4", noise(6, 8<<20))
	a, b := p.Parts[0].FileID, p.Parts[1].FileID
	n.files[a], n.files[b] = n.files[b], n.files[a]
	if readAll(t, n, link) == nil {
		t.Fatal("swapped parts passed")
	}
}
