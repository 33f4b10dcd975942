package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// password comes from --password-file, STOS_PASSWORD or a prompt, in this
// order. The caller wipes it.
func (s *session) password(prompt string) ([]byte, error) {
	if s.flags.passwordFile != "" {
		return passwordFromFile(s.flags.passwordFile)
	}
	if p := s.io.env("STOS_PASSWORD"); p != "" {
		return []byte(p), nil
	}
	p, err := s.secret(prompt)
	if err == nil && len(p) == 0 {
		err = fault.Wrong(nil, "The password is empty. Nothing was done.")
	}
	return p, err
}

// newPassword asks twice when it has to ask.
func (s *session) newPassword() ([]byte, error) {
	if s.flags.passwordFile != "" || s.io.env("STOS_PASSWORD") != "" {
		return s.password("")
	}
	first, err := s.password("New password: ")
	if err != nil {
		return nil, err
	}
	again, err := s.password("The same again: ")
	defer clear(again)
	if err == nil && !bytes.Equal(first, again) {
		err = fault.Wrong(nil, "The two passwords differ. Nothing was saved; try again.")
	}
	if err != nil {
		clear(first)
		return nil, err
	}
	return first, nil
}

func passwordFromFile(path string) ([]byte, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrong(err, "The password file %s cannot be read.", path)
	}
	line, rest, _ := bytes.Cut(raw, []byte("\n"))
	clear(rest)
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return nil, fault.Wrong(nil, "The password file %s is empty.", path)
	}
	return line, nil
}

// secret reads a line without showing it; from a pipe it reads a plain line.
func (s *session) secret(prompt string) ([]byte, error) {
	file, ok := s.io.in.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return s.line()
	}
	fmt.Fprint(s.io.err, prompt)
	defer fmt.Fprintln(s.io.err)
	p, err := term.ReadPassword(int(file.Fd()))
	if err != nil {
		return nil, fault.Say(err, "The password could not be read from this terminal.")
	}
	return p, nil
}

// line reads one line from standard input, byte by byte so that the rest stays
// for the next reader.
func (s *session) line() ([]byte, error) {
	if r, ok := s.io.in.(*bufio.Reader); ok {
		text, err := r.ReadBytes('\n')
		return endLine(text, err)
	}
	var text []byte
	one := make([]byte, 1)
	for {
		n, err := s.io.in.Read(one)
		if n == 1 && one[0] == '\n' {
			return endLine(text, nil)
		}
		text = append(text, one[:n]...)
		if err != nil {
			return endLine(text, err)
		}
	}
}

func endLine(text []byte, err error) ([]byte, error) {
	text = bytes.TrimRight(text, "\r\n")
	if errors.Is(err, io.EOF) && len(text) > 0 {
		err = nil
	}
	if err != nil {
		return nil, fault.Wrong(err, "A password is needed. Type it, or use --password-file or STOS_PASSWORD.")
	}
	return text, nil
}
