package creator

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
)

// Nothing on the page or in its dialogs is cut off or lies over anything else.
func TestFitsEverywhere(t *testing.T) {
	stage.Everywhere(t, func(t *testing.T, width, height float32) {
		put := func(b *fake.Backend) *Page {
			host, _ := stage.Host(t, width, height)
			p := New(host, b, "")
			stage.Put(host, p)
			return p
		}
		for name, b := range map[string]*fake.Backend{"full": creatorOf(), "played": playing(), "empty": fake.Empty(), "broken": fake.Broken()} {
			p := put(b)
			for _, v := range []view{ownView, playsView, newsView} {
				p.views.Choose(int(v))
				stage.Fits(t, name, p.host.Window)
			}
		}
		p := put(playing())
		p.views.Choose(int(playsView))
		p.prove()
		stage.Fits(t, "proof", p.host.Window)
		p = put(creatorOf())
		for name, open := range map[string]func(){
			"channel": func() { p.askChannel(p.own) }, "period": p.askPeriod, "audience": func() { p.askAudience("a.mp4") },
			"follow": func() { p.askFollow() }, "publish": p.publish,
		} {
			open()
			stage.Fits(t, name, p.host.Window)
			dialog(t, p).Close()
		}
	})
}
