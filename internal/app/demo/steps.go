package demo

import (
	"context"
	"strings"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
)

const (
	replicas = 5
	password = "demo password" // of wallets that live as long as the demo
	video    = "Holiday.mp4"
)

func (w *world) startNetwork(ctx context.Context) error {
	home, err := app.Open(app.Options{Home: w.path("home"), Runtime: w.dir, Network: "local", Stosnet: w.opts.Stosnet})
	if err != nil {
		return err
	}
	w.home = home
	_, err = home.PracticeUp(ctx, replicas, nil)
	return err
}

func (w *world) makeDevices(ctx context.Context) error {
	words, err := w.home.NewWords(24)
	if err != nil {
		return err
	}
	if _, err := w.home.AddWallet(ctx, "Demo", strings.Join(words, " "), []byte(password)); err != nil {
		return err
	}
	w.laptop, err = w.device(ctx, "laptop", words)
	return err
}

// device opens another profile on the demo's network.
func (w *world) device(ctx context.Context, name string, words []string) (*app.App, error) {
	a, err := app.Open(app.Options{Home: w.path(name), Runtime: w.dir, Network: w.path("home", "net", "network.json")})
	if err != nil {
		return nil, err
	}
	_, err = a.AddWallet(ctx, name, strings.Join(words, " "), []byte(password))
	return a, err
}

func (w *world) fund(ctx context.Context) error {
	if _, err := w.home.Credit(ctx); err != nil {
		return err
	}
	b, err := w.laptop.Balance(ctx)
	if err != nil {
		return err
	}
	if b.Total.Format("stos") != "1000" {
		return fault.Say(nil, "The second device sees %s STOS instead of 1000.", b.Total.Format("stos"))
	}
	return nil
}

func (w *world) buyOzone(ctx context.Context) error {
	return buy(ctx, w.home, "20")
}

func buy(ctx context.Context, a *app.App, amount string) error {
	q, err := a.QuoteOzone(ctx, amount)
	if err != nil {
		return err
	}
	tx, err := a.BuyOzoneUnlocked(ctx, q)
	if err != nil {
		return err
	}
	if tx.Noz == "" || tx.Noz == "0" {
		return fault.Say(nil, "The purchase gave no ozone.")
	}
	return nil
}

func (w *world) syncHome(ctx context.Context) error {
	return syncOnce(ctx, w.home, w.path("home-folder"))
}

func (w *world) syncLaptop(ctx context.Context) error {
	return syncOnce(ctx, w.laptop, w.path("laptop-folder"))
}

func syncOnce(ctx context.Context, a *app.App, dir string) error {
	_, err := a.Sync(ctx, dir, app.SyncOptions{Once: true})
	return err
}

func (w *world) syncAgain(ctx context.Context) error {
	for _, sync := range []func(context.Context) error{w.syncHome, w.syncLaptop, w.syncHome} {
		if err := sync(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) payFriend(ctx context.Context) error {
	words, err := w.home.NewWords(12)
	if err != nil {
		return err
	}
	if w.friend, err = w.device(ctx, "friend", words); err != nil {
		return err
	}
	friend, err := w.friend.CurrentWallet()
	if err != nil {
		return err
	}
	p, err := w.home.PreviewPay(ctx, friend.Address, "5stos", "for watching")
	if err != nil {
		return err
	}
	if _, err := w.home.ConfirmUnlocked(ctx, p, ""); err != nil {
		return err
	}
	return buy(ctx, w.friend, "1")
}

func (w *world) share(ctx context.Context) error {
	link, err := w.home.Share(ctx, "Videos/"+video, app.ShareOptions{Duration: time.Hour}, nil)
	w.link = link.Link
	return err
}

func (w *world) play(ctx context.Context) error {
	report, err := w.friend.Play(ctx, w.link, app.PlayOptions{For: 3 * time.Second})
	if err != nil {
		return err
	}
	w.report.FirstFrameMS, w.report.Stalls = report.FirstFrameMS, report.Stalls
	if report.PlayedSeconds < 2.9 {
		return fault.Say(nil, "Only %.1f of 3 seconds were played.", report.PlayedSeconds)
	}
	return nil
}

// save is what a friend without a player does with the link.
func (w *world) save(ctx context.Context) error {
	saved := w.path("saved.mp4")
	if _, err := w.friend.Get(ctx, w.link, app.GetOptions{To: saved}); err != nil {
		return err
	}
	want, err := digestFile(w.path("home-folder", "Videos", video))
	if err != nil {
		return err
	}
	if got, err := digestFile(saved); err != nil || got != want {
		return fault.Say(err, "The saved file differs from the shared one.")
	}
	return nil
}
