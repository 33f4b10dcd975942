// Package fault carries errors that a person will read.
//
// Code anywhere below the user interface wraps an error with [Say] when it
// knows what the person should be told: what happened, what is safe and what
// to do, in one plain sentence. Everything else is an ordinary wrapped error
// and stays in the log. Sentences never hold a secret, a hash or a path of
// the program's own files.
package fault

import (
	"errors"
	"fmt"
)

// Kind tells a program what a person is told in words. It is also the exit
// code of the command line.
type Kind int

const (
	Failed   Kind = 1 // the thing asked for did not happen
	WrongUse Kind = 2 // the request itself was wrong; nothing was tried
	Unknown  Kind = 3 // it may or may not have happened
)

// Error is an error with a sentence for people.
type Error struct {
	Kind     Kind
	Sentence string
	Err      error // the cause for the log; may be nil

	format string // what Sentence was made of, for other languages
	args   []any
}

// Error gives the sentence and, for the log, the cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Sentence
	}
	return e.Sentence + " (" + e.Err.Error() + ")"
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Say wraps cause, which may be nil, with a sentence for people.
func Say(cause error, format string, args ...any) error {
	return explained(Failed, cause, format, args)
}

// Wrong is like [Say] for input that cannot be used as it is.
func Wrong(cause error, format string, args ...any) error {
	return explained(WrongUse, cause, format, args)
}

// Unclear is like [Say] for an outcome that nobody could determine.
func Unclear(cause error, format string, args ...any) error {
	return explained(Unknown, cause, format, args)
}

// Text marks a sentence for people that is about no error, so that its
// translations are known to be needed. It returns the sentence.
func Text(sentence string) string { return sentence }

func explained(k Kind, cause error, format string, args []any) error {
	return &Error{Kind: k, Sentence: fmt.Sprintf(format, args...), Err: cause, format: format, args: args}
}

// Parts returns the format of the sentence about err and its values, as they
// were given to [Say], so that it can be said in another language. An error that
// nobody explained has its own text and no values.
func Parts(err error) (format string, args []any) {
	if e, ok := errors.AsType[*Error](err); ok && e.format != "" {
		return e.format, e.args
	}
	return "%s", []any{Sentence(err)}
}

// Explained tells whether err has a sentence for people.
func Explained(err error) bool {
	_, ok := errors.AsType[*Error](err)
	return ok
}

// Sentence returns what to tell a person about err. For an error that nobody
// explained it is the text of err itself.
func Sentence(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Sentence
	}
	return err.Error()
}

// ExitCode returns the process exit code for err: 0 for nil, 1 where no
// [Error] says otherwise.
func ExitCode(err error) int {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return int(e.Kind)
	}
	return int(Failed)
}
