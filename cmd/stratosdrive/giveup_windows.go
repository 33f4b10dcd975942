package main

import "golang.org/x/sys/windows"

// show shows a sentence in a box of the system, until it is closed: a program
// with a window has no console on Windows.
func show(sentence string) error {
	text, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return err
	}
	title, err := windows.UTF16PtrFromString("Stratos Drive")
	if err != nil {
		return err
	}
	_, err = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	return err
}
