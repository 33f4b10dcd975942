package stakepage

import (
	"strings"
	"testing"

	"github.com/stratosdrive/stratosdrive/internal/app"
	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/ui/internal/fake"
	"github.com/stratosdrive/stratosdrive/ui/widgets"
)

func TestWhatMovesIsFollowed(t *testing.T) {
	backend := fake.Full()
	p, told := opened(t, backend, 1064, 700)
	p.open(returns)
	backend.Stakes.Returns = nil
	p.Follow(app.Event{Kind: app.LinksChanged})
	if len(p.state.staking.Returns) != 2 {
		t.Error("read again for nothing")
	}
	p.Follow(app.Event{Kind: app.WalletChanged})
	if len(p.state.staking.Returns) != 0 || p.tab != returns {
		t.Error("what is new is not shown, or not in the same list")
	}
	backend.Err = fake.ErrOffline
	p.wholeItems()[1].Action()
	if len(told.Said) != 1 || !p.known {
		t.Error("a failure later is said, and what is known stays")
	}
	p.loading = true
	p.Follow(app.Event{Kind: app.WalletChanged})
	if !p.again {
		t.Error("a change while reading was forgotten")
	}
	p.Leave()
}

func TestVotesThatCannotBeReadLeaveTheStake(t *testing.T) {
	p, _ := opened(t, fake.Full(), 1064, 700)
	p.state.votesErr, p.state.nodesErr = fault.Say(nil, "The network does not answer."), fault.Say(nil, "The network does not answer.")
	p.open(votes)
	if p.table = nil; len(find[*widgets.Button](p.list)) != 1 {
		t.Error("another try must be offered")
	}
	p.open(nodes)
	if p.panelContent() != nil || !strings.HasPrefix(find[*widgets.Paragraph](p.list)[0].Text(), "The network") {
		t.Error("what is not known must not read as nothing")
	}
}
