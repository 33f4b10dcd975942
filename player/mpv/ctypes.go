package mpv

import (
	"runtime"
	"unsafe"
)

// event is mpv_event of client.h.
type event struct {
	id    int32
	_     int32 // error of a reply
	reply uint64
	data  unsafe.Pointer
}

// property is mpv_event_property.
type property struct {
	name   *byte
	format int32
	data   unsafe.Pointer
}

// endFile is the part of mpv_event_end_file that is read here.
type endFile struct {
	reason int32
	err    int32
}

// logMessage is mpv_event_log_message.
type logMessage struct {
	prefix, level, text *byte
	number              int32
}

// renderParam is mpv_render_param of render.h.
type renderParam struct {
	kind int32
	data unsafe.Pointer
}

// frameInfo is mpv_render_frame_info.
type frameInfo struct {
	flags uint64
	due   int64 // when the picture belongs on the screen, in microseconds of libmpv's clock
}

// Flags of render.h, mpv_render_frame_info_flag.
const (
	framePresent = 1
	frameAgain   = 2 | 4 // drawn before: it was due before
)

// Events of client.h, mpv_event_id.
const (
	eventNone            = 0
	eventShutdown        = 1
	eventLog             = 2
	eventStartFile       = 6
	eventEndFile         = 7
	eventFileLoaded      = 8
	eventSeek            = 20
	eventPlaybackRestart = 21
	eventPropertyChange  = 22
	eventHook            = 25
)

// Reasons of client.h, mpv_end_file_reason.
const (
	endError    = 4
	endRedirect = 5
)

// Formats of client.h, mpv_format.
const (
	formatNone   = 0
	formatString = 1
	formatFlag   = 3
	formatInt    = 4
	formatDouble = 5
)

// Parameters of render.h, mpv_render_param_type.
const (
	paramAPI     = 1
	paramNext    = 11
	paramNoBlock = 12
	paramSize    = 17
	paramFormat  = 18
	paramStride  = 19
	paramPointer = 20
)

// longest bounds a string that libmpv hands out.
const longest = 1 << 22

// text copies a C string; nil is the empty string.
func text(p *byte) string {
	if p == nil {
		return ""
	}
	n := 0
	for n < longest && *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(p, n))
}

// pack lays words out as a list that ends with nil, as C commands want it.
// The list is good while pin holds it.
func pack(pin *runtime.Pinner, words []string) unsafe.Pointer {
	list := make([]*byte, len(words)+1)
	for i, word := range words {
		bytes := append([]byte(word), 0)
		pin.Pin(&bytes[0])
		list[i] = &bytes[0]
	}
	pin.Pin(&list[0])
	return unsafe.Pointer(&list[0])
}
