package app

import (
	"context"
	"strconv"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/channel"
	"github.com/stratosdrive/stratosdrive/wallet/chain"
)

// PreviewChannel tells what publishing the channel would do and cost. Nothing
// is uploaded, signed or sent.
func (a *App) PreviewChannel(ctx context.Context) (ChannelPlan, error) {
	d, err := a.draftPage(ctx, true)
	if err != nil {
		return ChannelPlan{}, err
	}
	plan := ChannelPlan{Items: len(d.page.Items), LetIn: d.followers(), Nothing: !d.change}
	for _, i := range d.page.Items {
		if _, there := d.before.Item(i.ID); !there {
			plan.Added++
		}
	}
	plan.Removed = len(d.before.Items) + plan.Added - plan.Items
	if plan.Bytes, err = d.bytes(); err != nil {
		return plan, err
	}
	plan.Noz = strconv.FormatInt(plan.Bytes*networkCopies, 10)
	o, err := a.recordOrder(channel.NewRecord(sampleLink, nil))
	if err == nil {
		o.lines = func(chain.Preview) []PreviewLine { return planLines(plan) }
		plan.TxPreview, err = a.preview(ctx, o)
	}
	return plan, err
}

// sampleLink is as long as share links are, for telling a fee before there is
// one.
const sampleLink = "sds://0123456789_0123456789abcdef"

func planLines(p ChannelPlan) []PreviewLine {
	lines := []PreviewLine{{"Items on the page", count(p.Items)}}
	if p.Added > 0 {
		lines = append(lines, PreviewLine{"New on it", count(p.Added)})
	}
	if p.Removed > 0 {
		lines = append(lines, PreviewLine{"Taken off", count(p.Removed)})
	}
	if p.LetIn > 0 {
		lines = append(lines, PreviewLine{"Followers let in", count(p.LetIn)})
	}
	return append(lines, PreviewLine{"Paid to yourself", coins(recordAmount)})
}

func count(n int) fault.Words { return fault.Value(fault.Count(n)) }
