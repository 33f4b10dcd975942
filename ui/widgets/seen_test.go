package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// partsOf are the objects that something is put together from, as they lie.
func partsOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// allOf are all objects of a kind in something, itself too, that are seen.
func allOf[T fyne.CanvasObject](o fyne.CanvasObject) (found []T) {
	if o == nil || !o.Visible() {
		return nil
	}
	if each, ok := o.(T); ok {
		found = append(found, each)
	}
	for _, part := range partsOf(o) {
		found = append(found, allOf[T](part)...)
	}
	return found
}

// seenOf are the parts of a widget that are seen, but for some.
func seenOf(o fyne.Widget, without ...int) []fyne.CanvasObject {
	var seen []fyne.CanvasObject
	for i, part := range partsOf(o) {
		if text, ok := part.(*Text); slices.Contains(without, i) || ok && text.text == "" || !part.Visible() {
			continue
		}
		seen = append(seen, part)
	}
	return seen
}
