package viewer

import (
	"errors"
	"image"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/picture"
)

const (
	mostPictureBytes = 200 << 20 // of the file
	shownSide        = 4096      // pixels; what is larger is drawn smaller
)

// decode unpacks a picture, or says in a sentence why it is not shown.
func decode(raw []byte) (*image.RGBA, error) {
	shown, err := picture.Decode(raw, shownSide)
	switch {
	case err == nil:
		return shown, nil
	case errors.Is(err, picture.ErrHuge):
		return nil, fault.Say(err, "%s", lang.L("This picture is too large to be shown here. Open it with another program."))
	}
	return nil, fault.Say(err, "%s", lang.L("This picture cannot be read: it is damaged, or of a kind that is not known here."))
}
