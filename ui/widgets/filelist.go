package widgets

import "fyne.io/fyne/v2"

// FileView is one row of a file list, in words.
type FileView struct {
	Icon, Name, Second string
	Mark               string // icon of the status; empty when StatusText says it
	MarkTone           Tone
	StatusText         string
	Changed, Size      string
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
