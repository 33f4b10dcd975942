// Command plainwindow is what the window is measured beside: the toolkit as it
// comes, with "hello" or with a list of as many rows as the argument says.
package main

import (
	"fmt"
	"os"
	"strconv"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	window := fyneapp.NewWithID("io.github.stratosdrive.plain").NewWindow("Plain")
	window.Resize(fyne.NewSize(1280, 800))
	window.SetContent(content(os.Args[1:]))
	window.ShowAndRun()
}

func content(args []string) fyne.CanvasObject {
	if len(args) == 0 {
		return widget.NewLabel("Hello")
	}
	rows, err := strconv.Atoi(args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, "plainwindow: the argument is a number of rows")
		os.Exit(2)
	}
	return widget.NewList(
		func() int { return rows },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			o.(*widget.Label).SetText(fmt.Sprintf("file %06d.bin", i))
		},
	)
}
