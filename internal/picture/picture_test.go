package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

const shownSide = 4096 // pixels

// scene is a picture whose upper half is light.
func scene(w, h int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.RGBA{20, 40, 90, 255}, color.RGBA{240, 200, 120, 255}})
	for y := range h / 2 {
		for x := range w {
			m.SetColorIndex(x, y, 1)
		}
	}
	return m
}

func light(m *image.RGBA, x, y int) bool { return m.RGBAAt(x, y).R > 128 }

func TestAllKindsAreRead(t *testing.T) {
	kinds := map[string]func(*bytes.Buffer) error{
		"jpeg": func(b *bytes.Buffer) error { return jpeg.Encode(b, scene(64, 32), nil) },
		"png":  func(b *bytes.Buffer) error { return png.Encode(b, scene(64, 32)) },
		"gif":  func(b *bytes.Buffer) error { return gif.Encode(b, scene(64, 32), nil) },
		"bmp":  func(b *bytes.Buffer) error { return bmp.Encode(b, scene(64, 32)) },
		"tiff": func(b *bytes.Buffer) error { return tiff.Encode(b, scene(64, 32), nil) },
		"animated": func(b *bytes.Buffer) error {
			return gif.EncodeAll(b, &gif.GIF{Image: []*image.Paletted{scene(64, 32), scene(64, 32)}, Delay: []int{5, 5}})
		},
	}
	for name, encode := range kinds {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		m, err := Decode(b.Bytes(), shownSide)
		if err != nil || m.Rect != image.Rect(0, 0, 64, 32) || !light(m, 5, 5) || light(m, 5, 28) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Decode(b.Bytes()[:b.Len()/3], shownSide); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s cut off: %v", name, err)
		}
	}
}

// exif is a JPEG that says how its camera was held.
func exif(t *testing.T, how int, order binary.AppendByteOrder) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(64, 32), nil); err != nil {
		t.Fatal(err)
	}
	mark := map[bool]string{true: "II*\x00", false: "MM\x00*"}[order.AppendUint16(nil, 1)[0] == 1]
	tags := order.AppendUint32([]byte("Exif\x00\x00"+mark), 8)
	tags = order.AppendUint16(tags, 1)
	tags = order.AppendUint16(tags, tagOrientation)
	tags = order.AppendUint16(tags, typeShort)
	tags = order.AppendUint32(tags, 1)
	tags = order.AppendUint16(tags, uint16(how))
	tags = order.AppendUint16(tags, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, segmentExif}, uint16(len(tags)+2))
	return slices.Concat(b.Bytes()[:2], segment, tags, b.Bytes()[2:])
}

func TestPicturesStandUpright(t *testing.T) {
	// Where the light half of the file lies once it is turned.
	lit := map[int]image.Point{1: {30, 5}, 2: {30, 5}, 3: {30, 28}, 4: {30, 28}, 5: {5, 30}, 6: {28, 30}, 7: {28, 30}, 8: {5, 30}}
	for how, at := range lit {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			m, err := Decode(exif(t, how, order), shownSide)
			if err != nil {
				t.Fatal(err)
			}
			if sideways := m.Rect.Dx() == 32; sideways != (how >= 5) || !light(m, at.X, at.Y) || light(m, m.Rect.Dx()-1-at.X, m.Rect.Dy()-1-at.Y) {
				t.Errorf("orientation %d: %v", how, m.Rect)
			}
		}
	}
}

// A small file cannot ask for much memory: its header is enough to refuse it.
func TestBombsAreRefusedByTheirHeader(t *testing.T) {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), 30_000)
	header = append(binary.BigEndian.AppendUint32(header, 30_000), 8, 6, 0, 0, 0)
	bomb := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	bomb = binary.BigEndian.AppendUint32(append(bomb, header...), crc32.ChecksumIEEE(header))
	if _, err := Decode(bomb, shownSide); !errors.Is(err, ErrHuge) {
		t.Error(err)
	}
}

func TestLargePicturesAreDrawnSmaller(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, scene(5000, 100)); err != nil {
		t.Fatal(err)
	}
	m, err := Decode(b.Bytes(), shownSide)
	if err != nil || m.Rect.Dx() != shownSide || m.Rect.Dy() != 81 || !light(m, 9, 9) {
		t.Error(m.Rect, err)
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x20Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if how := orientation(raw); how < 1 || how > 8 {
			t.Fatal(how)
		}
	})
}
