package creator

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/internal/shots"
	"github.com/stratosdrive/stratosdrive/ui/internal/stage"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// playing is a backend of somebody whose files are played.
func playing() *fake.Backend {
	b := fake.Full()
	b.Played, b.Reward = fake.SamplePlays(), fake.SampleReward()
	return b
}

func playsOf(t *testing.T, b *fake.Backend) *Page {
	t.Helper()
	p, _ := shown(t, b, "")
	p.views.Choose(int(playsView))
	return p
}

func TestPlaysPictures(t *testing.T) {
	nothing, fresh := playing(), playing()
	nothing.Played.Items = nil
	fresh.Played.Money = fresh.Played.Items[1].Money
	fresh.Played.Forecast, fresh.Played.Items, fresh.Reward = nil, fresh.Played.Items[1:], nil
	shots.InBoth(t, func(t *testing.T, mode string) {
		for name, b := range map[string]*fake.Backend{
			"plays": playing(), "plays-fresh": fresh, "plays-nothing": nothing, "plays-unknown": fake.Full(), "plays-error": fake.Broken(),
		} {
			shots.Match(t, name+"-"+mode, playsOf(t, b).host.Window)
		}
	})
}

// said is all that the page says.
func said(p *Page) string {
	var all []string
	for _, o := range stage.Find[interface{ Text() string }](p.Object()) {
		all = append(all, o.Text())
	}
	return strings.Join(all, "\n")
}

func TestPlayCards(t *testing.T) {
	b := playing()
	for i, want := range []playCard{
		{"Plays", "78", "", "37 to the end, 23 GB of traffic"},
		{"Earned by plays", "31.25", "STOS", "4.5 STOS still to come"},
		{"Left after costs", "29.446", "STOS", "storing took about 1.804 STOS"},
		{"Next 30 days", "380", "plays", "240 to 520, if it goes on so"},
	} {
		if got := playCards(success{*b.Played, b.Reward})[i]; got != want {
			t.Errorf("card %d is %+v, want %+v", i, got, want)
		}
	}
	b.Played.Forecast, b.Played.Money = nil, b.Played.Items[1].Money
	cards := playCards(success{*b.Played, nil})
	if cards[1].detail != "not on this network" || cards[1].unit != "" || cards[2].figure != "−0.004" || cards[3].detail != "known after three days" {
		t.Errorf("%+v", cards[1:])
	}
}

func TestPlayRows(t *testing.T) {
	items := fake.SamplePlays().Items
	film, plan := playRow(items[0]), playRow(items[1])
	if film.Icon != "film" || film.Second != "Public" || film.Cells[0].Text != "78" || film.Cells[1].Text != "37" || film.Cells[2].Text != "23 GB" || film.Cells[3].Text != "31.25" {
		t.Errorf("%+v", film)
	}
	if plan.Icon != "file" || plan.Second != "Private" || plan.Cells[0].Text != "0" {
		t.Errorf("%+v", plan)
	}
}

func TestAdviceIsASentence(t *testing.T) {
	for advice, part := range map[app.Advice]string{
		app.AdviceNone: "", app.AdviceWait: "", app.AdviceShare: "Nobody has played it", app.AdviceBeginning: "near the beginning",
		app.AdviceMiddle: "at about 30 % of it", app.AdviceMore: "to the end", app.AdviceRevive: "two weeks",
	} {
		words := adviceWords(app.ItemPlays{Advice: advice, At: 0.3})
		if !strings.Contains(words, part) || (part == "") != (words == "") {
			t.Errorf("%q: %q", advice, words)
		}
	}
}

func TestDaily(t *testing.T) {
	now := time.Date(2026, 5, 30, 23, 0, 0, 0, time.UTC)
	day := func(ago int, plays int64) app.DayCount {
		return app.DayCount{Day: now.Truncate(24*time.Hour).AddDate(0, 0, -ago), PlayCount: app.PlayCount{Plays: plays}}
	}
	got := daily([]app.DayCount{day(-1, 9), day(0, 3), day(29, 5), day(30, 7)}, now)
	if len(got) != monthDays || got[29] != 3 || got[0] != 5 || slices.Max(got[1:29]) != 0 {
		t.Errorf("%v", got)
	}
	if daily([]app.DayCount{day(40, 7)}, now) != nil || daily(nil, now) != nil {
		t.Error("days without plays are drawn")
	}
}

// The panel tells about what is chosen, at first the most played.
func TestThePanelFollowsTheList(t *testing.T) {
	p := playsOf(t, playing())
	if text := said(p); !strings.Contains(text, "47 %") || !strings.Contains(text, "29.45 STOS") || !strings.Contains(text, "41 wallets") || !strings.Contains(text, "By a link that has ended") {
		t.Errorf("at first: %s", text)
	}
	list := stage.Find[*widgets.Table](p.Object())[0]
	list.Select(1)
	if text := said(p); !strings.Contains(text, "Nobody has played it") || strings.Contains(text, "wallets") {
		t.Errorf("then: %s", text)
	}
	list.Select(-1)
	if text := said(p); !strings.Contains(text, "Nobody has played it") {
		t.Errorf("nothing chosen: %s", text)
	}
}

func TestProof(t *testing.T) {
	good := *fake.SampleProof()
	if text, tone := proofSentence(good); tone != widgets.Good || text != "All 6 numbers are right: the difference is 0." {
		t.Errorf("%q", text)
	}
	want := []proofFact{{"Payday", "31"}, {"Paid to all creators then", "1.5 STOS"}, {"Earned by plays", "31.25 STOS"}, {"Still maturing", "4.5 STOS"}, {"Can be withdrawn", "20 STOS"}}
	if got := proofFacts(good); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	bad := *fake.SampleProof()
	bad.Proved, bad.Numbers[1].Difference = false, "-1"
	if text, tone := proofSentence(bad); tone != widgets.Bad || !strings.HasPrefix(text, "1 of 6 numbers differ") {
		t.Errorf("%q", text)
	}
	bad.Proved = true // whoever says so
	if _, tone := proofSentence(bad); tone != widgets.Bad {
		t.Error("a difference is passed over")
	}
}

// dialogText is all that the dialog says.
func dialogText(t *testing.T, p *Page) (text string) {
	t.Helper()
	for _, o := range stage.Find[interface{ Text() string }](dialog(t, p)) {
		text += o.Text() + "\n"
	}
	return text
}

func TestProofIsShown(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
	}{"right": {nil, "All 6 numbers are right"}, "offline": {fake.ErrOffline, "The network cannot be reached"}} {
		b := playing()
		p := playsOf(t, b)
		b.Err = c.err
		p.prove()
		text := dialogText(t, p)
		if c.err == nil && !strings.Contains(text, c.want) || c.err != nil && strings.Contains(text, "numbers are right") || strings.Contains(text, "Working it out") {
			t.Errorf("%s: %s", name, text)
		}
	}
	if p := playsOf(t, func() *fake.Backend { b := playing(); b.Reward = nil; return b }()); len(p.buttons) != 1 {
		t.Error("what was not paid can be proved")
	}
}

func TestProofPictures(t *testing.T) {
	shots.InBoth(t, func(t *testing.T, mode string) {
		p := playsOf(t, playing())
		p.prove()
		shots.Match(t, "ask-proof-"+mode, p.host.Window)
	})
}

// What was asked for and is not shown any more changes nothing.
func TestPlaysThatComeLate(t *testing.T) {
	p, _ := shown(t, creatorOf(), "")
	before := p.body.Objects[0]
	p.showPlays(success{plays: *fake.SamplePlays()}, nil)
	p.showNews(app.ChannelNews{}, nil)
	if p.body.Objects[0] != before {
		t.Error("another view is shown than the chosen one")
	}
	p.views.Choose(int(playsView))
	before = p.body.Objects[0]
	p.showOwn(app.ChannelInfo{}, nil)
	if p.body.Objects[0] != before {
		t.Error("the own channel is shown over the plays")
	}
}

// A network that publishes plays may fail to tell what they earned.
func TestPlaysWithoutMoney(t *testing.T) {
	b := playing()
	b.Err = errors.New("offline")
	p := playsOf(t, b)
	b.Err = nil
	test.Tap(stage.Find[*widgets.Button](p.body)[0])
	if !strings.Contains(said(p), "41 wallets") {
		t.Error("trying again shows nothing")
	}
}

// The picture of a thing is shown, whichever of its links has it.
func TestPosterOfAThing(t *testing.T) {
	var frame bytes.Buffer
	if err := jpeg.Encode(&frame, image.NewGray(image.Rect(0, 0, 32, 18)), nil); err != nil {
		t.Fatal(err)
	}
	b := playing()
	showing := func() bool {
		return slices.ContainsFunc(stage.Find[*canvas.Image](playsOf(t, b).body), func(i *canvas.Image) bool {
			return i.Visible() && i.Image != nil && i.Image.Bounds() == image.Rect(0, 0, 32, 18)
		})
	}
	if showing() {
		t.Error("a poster is shown where there is none")
	}
	b.Posters = map[string][]byte{"sds://b": frame.Bytes()}
	if !showing() {
		t.Error("the poster is not shown")
	}
	b.Err = errors.New("offline")
	if raw, err := posterOf(t.Context(), b, b.Played.Items[0]); raw != nil || err == nil {
		t.Error("trouble is taken for a poster")
	}
}

func TestPlaysAreSavedAsATable(t *testing.T) {
	p, told := shown(t, playing(), "")
	p.views.Choose(int(playsView))
	test.Tap(p.buttons[0].(*widgets.Button))
	if text := dialogText(t, p); !strings.Contains(text, tableName) && !strings.Contains(text, "Save as a table") {
		t.Errorf("asked %s", text)
	}
	path := filepath.Join(t.TempDir(), "plays.csv")
	p.saveTable(path)
	raw, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(raw), "day,name,plays,ends,bytes\n2026-11-14,Lisbon harbour.mp4,2,1,600000000\n") {
		t.Errorf("%v %s", err, raw)
	}
	p.saveTable(filepath.Join(path, "below a file.csv"))
	if text := strings.Join(told.Said, "\n"); !strings.Contains(text, "Saved as plays.csv") || !strings.Contains(text, "cannot be written there") {
		t.Errorf("a table that cannot be written: %s", text)
	}
}
