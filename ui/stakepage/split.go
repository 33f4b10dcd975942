package stakepage

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/lang"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/ui/say"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

// whole is all of a vote, in hundredths of a percent.
const whole = 10_000

// readPart reads a part of a vote in percent, as hundredths of one; nothing is
// no part.
func readPart(text string) (hundredths int, valid bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	before, after, _ := strings.Cut(strings.ReplaceAll(text, ",", "."), ".")
	switch {
	case text == "":
		return 0, true
	case before == "" || len(before) > 3 || len(after) > 2 || strings.Trim(before+after, "0123456789") != "":
		return 0, false
	}
	n, err := strconv.Atoi(before + (after + "00")[:2])
	return n, err == nil && n <= whole
}

// splitVote is a vote in parts as package app reads it, empty while what is
// typed makes none; problem says why, where something is wrong or missing.
func splitVote(texts []string) (vote, problem string) {
	sum, parts := 0, []string{}
	for i, o := range options() {
		n, valid := readPart(texts[i])
		if !valid {
			return "", lang.L("Write percents such as 60 or 12.5.")
		}
		if sum += n; n == whole {
			parts = append(parts, o.id)
		} else if n > 0 {
			parts = append(parts, fmt.Sprintf("%s=%d.%02d", o.id, n/100, n%100))
		}
	}
	switch left := map[string]any{"Part": say.Percent(float64(max(whole-sum, sum-whole)) / 100)}; {
	case sum == 0:
		return "", ""
	case sum < whole:
		return "", lang.L("{{.Part}} are left to give.", left)
	case sum > whole:
		return "", lang.L("That is {{.Part}} too much.", left)
	}
	return strings.Join(parts, ","), ""
}

// split asks how a vote is divided, for those who stand for several people.
func (p *Page) split(q app.Proposal) {
	var fields []*widgets.Field
	vote := func() (vote, problem string) {
		var texts []string
		for _, f := range fields {
			texts = append(texts, f.Text)
		}
		return splitVote(texts)
	}
	f := p.form(func(ctx context.Context) (app.TxPreview, error) {
		answer, _ := vote()
		return p.backend.PreviewVote(ctx, q.ID, answer)
	})
	said := widgets.NewText("", widgets.Small)
	f.checks = append(f.checks, func() bool {
		answer, problem := vote()
		said.SetText(problem)
		return answer != ""
	})
	for _, o := range options() {
		field := widgets.NewField("0", "")
		fields = append(fields, field)
		f.text(lang.L("{{.Vote}}, percent", map[string]any{"Vote": o.word}), field, nil)
	}
	f.body.Add(said)
	f.ask(lang.L("Split my vote"), lang.L("Each part counts for as much of your stake. Together they are 100 %."))
}
