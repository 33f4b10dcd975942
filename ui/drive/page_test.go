package drive

import (
	"testing"

	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
)

func TestPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, backend := range map[string]*fake.Backend{"full": fake.Full(), "empty": fake.Empty(), "error": fake.Broken()} {
			host, _ := fake.Host(t, 1064, 800)
			p := New(host, backend, "Work/Portugal", true)
			fake.Put(host, p)
			if name == "full" {
				p.list.Select(5)
			}
			shots.Match(t, name+"-"+mode, host.Window)
		}
	})
}
