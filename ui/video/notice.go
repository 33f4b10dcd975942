package video

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// moment is how long a word stays in the picture.
const moment = 900 * time.Millisecond

// notice shows words in the picture: at the top what a key did, in the middle
// what the picture waits for.
type notice struct {
	box         *fyne.Container
	word, delay *pill
	size        fyne.Size
	away        alarm
	repaint     func()
}

func newNotice(v *Video) *notice {
	n := &notice{word: newPill(darkGlass), delay: newPill(darkGlass), away: alarm{clock: &v.clock}, repaint: v.repaint}
	n.box = container.NewWithoutLayout(n.word.box, n.delay.box)
	return n
}

// tell shows a word for a moment.
func (n *notice) tell(text string) {
	n.word.set(text)
	n.layOut(n.size)
	n.repaint()
	n.away.in(moment, func() { n.word.set(""); n.repaint() })
}

// wait shows what the picture waits for; empty: it does not.
func (n *notice) wait(text string) {
	if n.delay.set(text) {
		n.layOut(n.size)
		n.repaint()
	}
}

func (n *notice) stop() { n.away.stop() }

func (n *notice) layOut(size fyne.Size) {
	n.size = size
	n.word.centre(size.Width/2, max(topShade, size.Height/6))
	n.delay.centre(size.Width/2, size.Height/2)
}
