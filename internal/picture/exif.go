package picture

import (
	"bytes"
	"encoding/binary"
)

const (
	upright        = 1
	tagOrientation = 0x0112
	typeShort      = 3
	segmentExif    = 0xE1
	segmentScan    = 0xDA
)

// orientation reads from a JPEG how its camera was held: 1 to 8 of EXIF, 1
// where nothing (sensible) is said.
func orientation(raw []byte) int {
	if len(raw) < 2 || raw[0] != 0xFF || raw[1] != 0xD8 {
		return upright
	}
	for p := raw[2:]; len(p) >= 4 && p[0] == 0xFF && p[1] != segmentScan; {
		n := int(binary.BigEndian.Uint16(p[2:]))
		if n < 2 || 2+n > len(p) {
			return upright
		}
		if body, is := bytes.CutPrefix(p[4:2+n], []byte("Exif\x00\x00")); is && p[1] == segmentExif {
			return orientationIn(body)
		}
		p = p[2+n:]
	}
	return upright
}

// orientationIn looks through the first list of tags of a TIFF header.
func orientationIn(p []byte) int {
	if len(p) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if p[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(p[4:]))
	if at+2 > int64(len(p)) {
		return upright
	}
	list := p[at:]
	count := int(order.Uint16(list))
	for list = list[2:]; count > 0 && len(list) >= 12; count, list = count-1, list[12:] {
		if order.Uint16(list) != tagOrientation || order.Uint16(list[2:]) != typeShort {
			continue
		}
		if how := int(order.Uint16(list[8:])); how >= 1 && how <= 8 {
			return how
		}
		return upright
	}
	return upright
}
