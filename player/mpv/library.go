package mpv

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/ebitengine/purego"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// ErrMissing means that libmpv is not installed.
var ErrMissing = errors.New("libmpv not found")

// library is libmpv: the functions of client.h and render.h that are used
// here, in the C types of those headers. None returns a typed pointer: purego
// reads such a result only after it has lent its memory to the next call, so
// that one goroutine may see what another was told.
type library struct {
	create           func() uintptr
	initialize       func(h uintptr) int32
	terminateDestroy func(h uintptr)
	setOption        func(h uintptr, name, value string) int32
	commandAsync     func(h uintptr, reply uint64, args unsafe.Pointer) int32
	observe          func(h uintptr, reply uint64, name string, format int32) int32
	requestLog       func(h uintptr, level string) int32
	waitEvent        func(h uintptr, timeout float64) unsafe.Pointer // *event
	wakeup           func(h uintptr)
	timeUs           func(h uintptr) int64                       // of libmpv's clock
	getProperty      func(h uintptr, name string) unsafe.Pointer // text
	setProperty      func(h uintptr, name, value string) int32
	free             func(data unsafe.Pointer)
	hookAdd          func(h uintptr, reply uint64, name string, priority int32) int32
	hookContinue     func(h uintptr, id uint64) int32

	renderCreate      func(out unsafe.Pointer, h uintptr, params unsafe.Pointer) int32
	renderSetCallback func(rc, callback, data uintptr)
	renderUpdate      func(rc uintptr) uint64
	renderInfo        renderInfo
	renderRender      func(rc uintptr, params unsafe.Pointer) int32
	renderFree        func(rc uintptr)

	// updated is the one callback that libmpv ever gets: callbacks cannot be
	// given back, so all renderers share it and are told apart by a number.
	updated uintptr
	wakers  sync.Map // number -> func()
	next    atomic.Uint64
}

// loader keeps libmpv once it was loaded. A failure is not kept: the user may
// install the library and try again.
type loader struct {
	names []string
	mu    sync.Mutex
	lib   *library
}

// shared is the process's libmpv; a shared library is there once or not at
// all.
var shared = loader{names: libraryNames}

func (l *loader) get() (*library, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lib != nil {
		return l.lib, nil
	}
	lib, err := load(l.names)
	if err != nil {
		return nil, fault.Say(fmt.Errorf("%w: %w", ErrMissing, err), "%s", howToInstall)
	}
	l.lib = lib
	return lib, nil
}

// load opens the first of names that is there and finds its functions.
func load(names []string) (*library, error) {
	var failed []error
	for _, name := range names {
		handle, err := openLibrary(name)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		lib := &library{}
		if err := lib.bind(handle); err != nil {
			return nil, err
		}
		lib.updated = purego.NewCallback(lib.onUpdate)
		return lib, nil
	}
	return nil, errors.Join(failed...)
}

// symbols are the functions by their names.
func (l *library) symbols() map[string]any {
	return map[string]any{
		"mpv_create":                             &l.create,
		"mpv_initialize":                         &l.initialize,
		"mpv_terminate_destroy":                  &l.terminateDestroy,
		"mpv_set_option_string":                  &l.setOption,
		"mpv_command_async":                      &l.commandAsync,
		"mpv_observe_property":                   &l.observe,
		"mpv_request_log_messages":               &l.requestLog,
		"mpv_wait_event":                         &l.waitEvent,
		"mpv_wakeup":                             &l.wakeup,
		"mpv_get_time_us":                        &l.timeUs,
		"mpv_get_property_string":                &l.getProperty,
		"mpv_set_property_string":                &l.setProperty,
		"mpv_free":                               &l.free,
		"mpv_hook_add":                           &l.hookAdd,
		"mpv_hook_continue":                      &l.hookContinue,
		"mpv_render_context_create":              &l.renderCreate,
		"mpv_render_context_set_update_callback": &l.renderSetCallback,
		"mpv_render_context_update":              &l.renderUpdate,
		"mpv_render_context_get_info":            &l.renderInfo,
		"mpv_render_context_render":              &l.renderRender,
		"mpv_render_context_free":                &l.renderFree,
	}
}

// bind finds the functions. A library that lacks one is too old.
func (l *library) bind(handle uintptr) error {
	for name, fn := range l.symbols() {
		address, err := findSymbol(handle, name)
		if err != nil {
			return fmt.Errorf("find %s: %w", name, err)
		}
		purego.RegisterFunc(fn, address)
	}
	return nil
}

// onUpdate runs on threads of libmpv, where nothing of it may be called.
func (l *library) onUpdate(number uintptr) {
	if wake, ok := l.wakers.Load(uint64(number)); ok {
		wake.(func())()
	}
}

// waker registers wake and returns the number that onUpdate finds it by.
func (l *library) waker(wake func()) uint64 {
	number := l.next.Add(1)
	l.wakers.Store(number, wake)
	return number
}
