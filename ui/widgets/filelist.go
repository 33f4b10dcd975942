package widgets

import (
	"image"

	"fyne.io/fyne/v2"

	"github.com/stratosdrive/stratosdrive/ui/theme"
)

// FileView is one file of a list or grid, in words.
type FileView struct {
	Icon, Name, Second string
	Mark               string // icon of the status; empty when StatusText says it
	MarkTone           Tone
	StatusText         string
	Changed, Size      string
	Picture            image.Image // small, in place of the icon; may be nil
	Faint              bool        // it is there, but left out of everything
}

func (v FileView) nameStyle() Style {
	if v.Faint {
		return Name.In(theme.Muted)
	}
	return Name
}

// below is the one line under a name where there is room for one.
func (v FileView) below() string {
	switch {
	case v.StatusText != "":
		return v.StatusText
	case v.Second != "":
		return v.Second
	}
	return v.Size
}

// FileList shows files.
type FileList struct {
	Rows
	rows []FileView
}

// NewFileList returns an empty list.
func NewFileList() *FileList {
	l := &FileList{}
	l.prepare(func() int { return len(l.rows) }, func() fyne.CanvasObject { return newFileRow(l) },
		func(i int, o fyne.CanvasObject, selected, focused bool) {
			o.(*fileRow).show(i, l.rows[i], selected, focused)
		})
	l.ExtendBaseWidget(l)
	return l
}

// SetRows shows other rows. The selection stays where it is, as far as there
// is such a row.
func (l *FileList) SetRows(rows []FileView) {
	l.rows = rows
	l.refreshRows()
}

// Row returns a row.
func (l *FileList) Row(index int) FileView { return l.rows[index] }
