package qr

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

const (
	st    = "st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx"
	hexed = "0x39330Eb4D159cd194a044041900aEf978d7532fA"
)

func amount(t testing.TB, text string) stratos.Amount {
	t.Helper()
	a, err := stratos.ParseAmount(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestParse(t *testing.T) {
	for text, want := range map[string]Request{
		st:                               {},
		" " + strings.ToUpper(st) + "\n": {},
		hexed:                            {},
		"stratos:" + st:                  {},
		"STRATOS://" + st + "/":          {},
		"stratos:" + hexed:               {},
		"stratos:" + st + "?amount=1.5":  {Amount: amount(t, "1.5stos")},
		"stratos:" + st + "?amount=7gwei&memo=a%20b&label=Anna&x-theme=dark": {Amount: amount(t, "7gwei"), Memo: "a b", Label: "Anna"},
		"stratos:" + st + "?memo=12345678":                                   {Memo: "12345678"},
		"ethereum:" + hexed:                                                  {},
		"ethereum:pay-" + hexed + "@2048?value=1.5e18":                       {Amount: amount(t, "1.5stos")},
		"ethereum:" + strings.ToLower(hexed) + "?value=12":                   {Amount: amount(t, "12wei")},
		"ethereum:" + hexed + "?value=0&gasLimit=21000":                      {},
	} {
		want.Address, _ = stratos.ParseAddress(st)
		got, err := Parse(text)
		if err != nil || got.Address != want.Address || got.Amount.Cmp(want.Amount) != 0 || got.Memo != want.Memo || got.Label != want.Label {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", "hello", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "https://example.com", "stratos:", "stratos:" + st[:40],
		"stratos:" + st + "?amount=-1", "stratos:" + st + "?amount=1.5usd", "stratos:" + st + "?amount=1&amount=2",
		"stratos:" + st + "?amount=1e5", "stratos:" + st + "?deadline=5", "stratos:" + st + "?memo=" + strings.Repeat("x", 257),
		"stratos:" + st + "?memo=a%0ab", "stratos:" + st + "?memo=a%e2%80%aeb", "stratos:" + st + "?memo=%zz",
		"ethereum:" + hexed + "@1", "ethereum:" + hexed + "/transfer?address=0x1&uint256=1", "ethereum:" + st, "ethereum:vitalik.eth",
		"ethereum:" + hexed + "?value=1.5", "ethereum:" + hexed + "?value=1e78", "ethereum:" + hexed + "?value=-1",
		"ethereum:" + hexed + "?value=0x10", "ethereum:" + hexed + "?value=1e999999999999", "ethereum:" + hexed + "?value=.", "ethereum:" + strings.Replace(hexed, "E", "e", 1),
		"stsds18yesadx3t8x3jjsygpqeqzh0j7xh2vh6h84awl", strings.Repeat("a", 5000), "stratos:" + st + "?amount=" + strings.Repeat("9", 90),
	} {
		got, err := Parse(text)
		if !errors.Is(err, ErrRequest) || fault.ExitCode(err) != int(fault.WrongUse) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.Byte(), 20, 20).Draw(t, "address")
		raw[0] |= 1
		want := Request{
			Address: stratos.Address(raw),
			Amount:  stratos.WeiAmount(rapid.Uint64().Draw(t, "wei")),
			Memo:    rapid.StringMatching(`[ -~äöü+&=?%]{0,60}`).Draw(t, "memo"),
			Label:   rapid.StringMatching(`[ -~äöü]{0,30}`).Draw(t, "label"),
		}
		got, err := Parse(want.Text())
		if err != nil || got.Address != want.Address || got.Amount.Cmp(want.Amount) != 0 || got.Memo != want.Memo || got.Label != want.Label {
			t.Fatalf("%q: %+v, %v", want.Text(), got, err)
		}
	})
}

// picture puts a code into a larger picture, as photos have it.
func picture(t *testing.T, text string, size int, ground color.Color) *image.RGBA {
	t.Helper()
	raw, err := PNG(text, size)
	if err != nil {
		t.Fatal(err)
	}
	code, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	whole := image.NewRGBA(image.Rect(0, 0, size+160, size+90))
	draw.Draw(whole, whole.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	draw.Draw(whole, image.Rect(100, 40, 100+size, 40+size), code, image.Point{}, draw.Src)
	return whole
}

func TestReadImage(t *testing.T) {
	address, _ := stratos.ParseAddress(st)
	text := Request{Address: address, Amount: amount(t, "1.5stos"), Memo: "Miete für März"}.Text()
	random := rand.New(rand.NewPCG(1, 2))
	noisy := picture(t, text, 280, color.Gray{200})
	for range 2000 {
		noisy.Set(random.IntN(440), random.IntN(370), color.Gray{uint8(random.Uint32())})
	}
	inverted := picture(t, text, 200, color.White)
	for i := range inverted.Pix {
		if i%4 != 3 {
			inverted.Pix[i] ^= 0xff
		}
	}
	for name, p := range map[string]image.Image{"clean": picture(t, text, 200, color.White), "noisy": noisy, "inverted": inverted} {
		var asPNG, asJPEG bytes.Buffer
		if err := errors.Join(png.Encode(&asPNG, p), jpeg.Encode(&asJPEG, p, &jpeg.Options{Quality: 60})); err != nil {
			t.Fatal(err)
		}
		for format, file := range map[string][]byte{"png": asPNG.Bytes(), "jpeg": asJPEG.Bytes()} {
			got, err := ReadImage(file)
			if err != nil || got != text {
				t.Errorf("%s %s: %q, %v", name, format, got, err)
			}
		}
	}
}

func TestReadImageRefuses(t *testing.T) {
	var empty bytes.Buffer
	_ = png.Encode(&empty, image.NewGray(image.Rect(0, 0, 200, 200)))
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"nothing":   {nil, ErrImage},
		"text":      {[]byte(st), ErrImage},
		"cut off":   {empty.Bytes()[:60], ErrImage},
		"no code":   {empty.Bytes(), ErrNoCode},
		"too large": {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), ErrImage},
	} {
		_, err := ReadImage(c.file)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		} else if _, ok := errors.AsType[*fault.Error](err); !ok {
			t.Errorf("%s: no sentence: %v", name, err)
		}
	}
}

func TestTerminal(t *testing.T) {
	rows, err := Modules(st)
	if err != nil {
		t.Fatal(err)
	}
	text, err := Terminal(st)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) != (len(rows)+1)/2 || len([]rune(lines[0])) != len(rows[0]) {
		t.Fatalf("%d lines of %d", len(lines), len([]rune(lines[0])))
	}
	again := image.NewGray(image.Rect(0, 0, 4*len(rows), 4*len(rows)))
	for y, line := range lines {
		for x, r := range []rune(line) {
			paint(again, x, 2*y, r == '█' || r == '▀')
			paint(again, x, 2*y+1, r == '█' || r == '▄')
		}
	}
	if got, err := Read(again); err != nil || got != st {
		t.Errorf("read back %q, %v", got, err)
	}
	if _, err := Terminal(strings.Repeat("x", 5000)); err == nil {
		t.Error("too much text drawn")
	}
}

func paint(p *image.Gray, x, y int, light bool) {
	for i := range 16 {
		if light {
			p.SetGray(4*x+i%4, 4*y+i/4, color.Gray{255})
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(st)
	f.Add("stratos:" + st + "?amount=1.5stos&memo=a%20b&label=x")
	f.Add("ethereum:pay-" + hexed + "@2048?value=1.5e18")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			if !errors.Is(err, ErrRequest) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := Parse(r.Text())
		if err != nil || again.Address != r.Address || again.Amount.Cmp(r.Amount) != 0 || again.Memo != r.Memo || again.Label != r.Label {
			t.Fatalf("%q became %+v, then %+v, %v", text, r, again, err)
		}
	})
}

func FuzzReadImage(f *testing.F) {
	raw, err := PNG(st, 60)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, file []byte) {
		if c, _, err := image.DecodeConfig(bytes.NewReader(file)); err == nil && c.Width*c.Height > 1<<16 {
			return
		}
		if text, err := ReadImage(file); err != nil && text != "" {
			t.Fatal("both text and error")
		}
	})
}
