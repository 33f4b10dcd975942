package assets

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"strings"
	"testing"
)

func TestIconsAreOneColourSVG(t *testing.T) {
	names := IconNames()
	if len(names) < 40 {
		t.Fatalf("only %d icons", len(names))
	}
	for _, name := range names {
		svg := Icon(name)
		d := xml.NewDecoder(bytes.NewReader(svg))
		for {
			_, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if rest := strings.ReplaceAll(string(svg), "#000000", ""); strings.Contains(rest, "#") {
			t.Errorf("%s has a colour of its own", name)
		}
	}
}

func TestUnknownIconPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("a name that was never drawn must not pass")
		}
	}()
	Icon("nonsense")
}

func TestAppIconIsAPicture(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(AppIcon))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 512 || b.Dy() != 512 {
		t.Fatalf("size %v", b)
	}
}

func TestFontsComeWithTheirLicence(t *testing.T) {
	for _, font := range [][]byte{InterRegular, InterMedium, InterSemiBold} {
		if !bytes.HasPrefix(font, []byte("OTTO")) {
			t.Error("not an OpenType font")
		}
	}
	if !strings.Contains(InterLicense, "SIL OPEN FONT LICENSE Version 1.1") {
		t.Error("licence missing")
	}
}
