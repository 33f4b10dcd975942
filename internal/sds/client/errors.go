package client

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/sds/wire"
)

// What callers may decide on.
var (
	ErrNoOzone        = errors.New("not enough ozone")
	ErrNotFound       = errors.New("no such file on the network")
	ErrRefused        = errors.New("refused by the network")
	ErrUnreachable    = errors.New("gateway not reachable")
	ErrExpired        = errors.New("link or session expired")
	ErrUnknownOutcome = errors.New("no answer from the gateway")
	ErrWrongContent   = errors.New("content does not match its id")
	ErrVideo          = errors.New("stored as a video stream")
	ErrChanged        = errors.New("file changed while it was sent")
	ErrEmpty          = errors.New("file is empty")
	ErrTooSlow        = errors.New("line too slow for this gateway")
	ErrPlainHTTP      = errors.New("plain http to another machine")
	ErrIncomplete     = errors.New("list is not complete")
	ErrWrongLink      = errors.New("not a share link")
	ErrNotYours       = errors.New("file of another account")
	ErrNoRoom         = errors.New("network is full")
	ErrClock          = errors.New("clock of this computer is wrong")
	ErrClosed         = errors.New("client closed")
)

// errGarbage is an answer that cannot be understood; errBusy asks to come
// again later; errRestart ends a session that has to be begun anew.
var (
	errGarbage  = errors.New("answer makes no sense")
	errBusy     = errors.New("gateway is busy")
	errRestart  = errors.New("session lost")
	errNoMethod = errors.New("method unknown to this gateway")
	errConflict = errors.New("an upload of this file is open on this gateway")
)

// refusal is an answer of the network other than success.
type refusal struct {
	method string
	code   wire.Code
	text   string
}

// Error names the method, the code and the network's own words.
func (r *refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%s: %s %s", r.method, r.code, r.text))
}

// Unwrap gives the Err value that the code or the network's words stand for.
func (r *refusal) Unwrap() error {
	switch r.code {
	case wire.TimeOut:
		return errBusy
	case wire.WrongWallet:
		return ErrNotYours
	}
	text := strings.ToLower(r.text)
	for _, w := range words {
		if strings.Contains(text, w.text) {
			return w.err
		}
	}
	return ErrRefused
}

// words are parts of the network's own texts, first match first. They are not
// part of the protocol, so only those that were seen or are likely are here.
var words = []struct {
	text string
	err  error
}{
	{"expired", ErrExpired},
	{"not uploaded as video", ErrNotFound},
	{"video stream", ErrVideo},
	{"not stored yet", errBusy},
	{"not found", ErrNotFound},
	{"not exist", ErrNotFound},
	{"no such file", ErrNotFound},
	{"no available replicas", ErrNotFound},
	{"has room", ErrNoRoom},
	{"request time", ErrClock},
	{"req_time", ErrClock},
	{"ozone", ErrNoOzone},
	{"insufficient", ErrNoOzone},
	{"not enough", ErrNoOzone},
}

// refused returns the error for a result, nil for those codes that are right.
func refused(method, ret, detail string, right ...wire.Code) error {
	code, text := wire.ParseReturn(ret)
	for _, c := range right {
		if c == code {
			return nil
		}
	}
	if detail != "" {
		text = detail
	}
	return &refusal{method: method, code: code, text: text}
}

// noAnswer tells whether err leaves open if the call was done: nothing came
// back, or nothing that can be read, or the node's word that it had no answer
// from the network itself.
func noAnswer(err error) bool {
	if r, ok := errors.AsType[*refusal](err); ok {
		return r.code == wire.TimeOut
	}
	return errors.Is(err, ErrUnknownOutcome) || errors.Is(err, errGarbage)
}

func isRefusal(err error) bool {
	_, ok := errors.AsType[*refusal](err)
	return ok
}

// sentences are what people are told, first match first.
var sentences = []struct {
	err  error
	kind fault.Kind
	text string
}{
	{ErrNoOzone, fault.Failed, "There is not enough ozone for this; buy some and try again."},
	{ErrExpired, fault.Failed, "This link has expired or was stopped; ask its owner for a new one."},
	{ErrVideo, fault.Failed, "This is a video stream: it can be played, but not saved as a file."},
	{ErrChanged, fault.Failed, "The file changed while it was being sent, so nothing was stored; try again when it is at rest."},
	{ErrEmpty, fault.WrongUse, "The network does not store empty files."},
	{ErrTooSlow, fault.Failed, "Your internet line is too slow to upload through this gateway, which needs 1.3 Mbit/s; nothing was stored."},
	{ErrPlainHTTP, fault.WrongUse, "This gateway's address is not encrypted (http); use https, or confirm the address in the settings."},
	{ErrWrongLink, fault.WrongUse, "This is not a share link of the network; it should look like sds://…"},
	{ErrWrongContent, fault.Failed, "The gateway delivered something else than what was asked for; it was thrown away. Try another gateway."},
	{ErrIncomplete, fault.Failed, "The gateway showed only a part of the list; try again."},
	{ErrNotYours, fault.Failed, "This file belongs to another account; its owner can share it with you as a link."},
	{ErrNoRoom, fault.Failed, "The network has no room for this file at the moment; nothing was stored."},
	{ErrClock, fault.Failed, "The network refused this because the clock of this computer is wrong; set it and try again."},
	{ErrClosed, fault.Failed, "The account was locked or closed, so this was broken off."},
	{ErrNotFound, fault.Failed, "This file is not on the network."},
	{ErrUnreachable, fault.Failed, "The storage gateway cannot be reached; check your connection and the gateway's address."},
	{errNotAccepted, fault.Failed, "The gateway did not answer, and nothing was charged; try again."},
	{errConflict, fault.Failed, "The same file is being sent by another program; try again in two minutes."},
	{errBusy, fault.Failed, "The storage gateway is busy; try again in a minute."},
	{errGarbage, fault.Failed, "The gateway's address does not lead to a Stratos gateway, or the gateway is out of order."},
	{errNoMethod, fault.Failed, "This gateway is too old or does not offer this."},
	{ErrUnknownOutcome, fault.Unknown, "The gateway did not answer, so it is not known whether this happened; look at your files before you try again."},
	{errRestart, fault.Failed, "The gateway broke off the transfer again and again; try later or use another gateway."},
	{ErrRefused, fault.Failed, "The network refused this."},
}

// explain gives err its sentence and says what was being done. Errors of the
// caller's context and of its own files stay as they are.
func explain(err error, doing string, args ...any) error {
	if err == nil {
		return nil
	}
	err = fmt.Errorf(doing+": %w", append(args, err)...)
	if _, done := errors.AsType[*fault.Error](err); done {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	for _, s := range sentences {
		if errors.Is(err, s.err) {
			return &fault.Error{Kind: s.kind, Sentence: s.text, Err: err}
		}
	}
	return err
}
