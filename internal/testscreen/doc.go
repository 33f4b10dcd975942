// Package testscreen gives tests a screen of their own: a virtual display with
// a window manager, a mouse, a keyboard, and a camera. Windows have no frame, so
// that pictures show the window alone. Linux only; it needs Xvfb, openbox and
// xdotool (packaging/deps.sh test).
package testscreen
