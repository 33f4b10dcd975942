package app

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/network/explorer"
	"github.com/stratosdrive/stratosdrive/wallet/gov"
)

// Lists of the explorer.
const (
	NewBlocks    = "blocks"
	NewFiles     = "files"
	NewReports   = "reports"
	NewRewards   = "rewards"
	AllProposals = "proposals"
)

// blocksAtOnce is how many of the newest blocks are listed.
const blocksAtOnce = 15

// listed are the messages that lists are made of.
var listedActions = map[string]string{
	NewFiles: "/stratos.sds.v1.MsgFileUpload", NewReports: "/stratos.pot.v1.MsgVolumeReport", NewRewards: "/stratos.pot.v1.MsgWithdraw",
}

// ExplorerList lists the newest of a kind: "blocks", "files", "reports",
// "rewards" (taken out by owners of nodes) or "proposals".
func (a *App) ExplorerList(ctx context.Context, what string) ([]ChainLine, error) {
	s, err := a.seeker()
	if err != nil {
		return nil, err
	}
	if action, known := listedActions[what]; known {
		page, err := s.chain.ByAction(ctx, action, 1, linesAtOnce)
		return txLines(page.Txs), err
	}
	switch what {
	case NewBlocks:
		return s.newBlocks(ctx)
	case AllProposals:
		list, err := gov.Proposals(ctx, s.chain)
		lines := []ChainLine{}
		for _, p := range list {
			lines = append(lines, proposalLine(p))
		}
		return lines, err
	}
	return nil, fault.Wrong(nil, "There is no list called %s. Choose blocks, files, reports, rewards or proposals.", what)
}

func (s *seeker) newBlocks(ctx context.Context) ([]ChainLine, error) {
	newest, err := explorer.ReadBlock(ctx, s.chain, 0)
	if err != nil {
		return nil, err
	}
	count := int(min(newest.Height, blocksAtOnce))
	blocks := make([]explorer.Block, count)
	blocks[0] = newest
	var group errgroup.Group
	group.SetLimit(4)
	for i := 1; i < count; i++ {
		group.Go(func() error {
			blocks[i], _ = explorer.ReadBlock(ctx, s.chain, newest.Height-int64(i)) // or the node has forgotten it
			return nil
		})
	}
	_ = group.Wait()
	lines := []ChainLine{}
	for _, b := range blocks {
		if b.Height > 0 {
			lines = append(lines, ChainLine{
				Item: *numbered(explorer.BlockKind, b.Height), Words: kindWords[explorer.BlockKind], Time: b.Time, Count: len(b.Txs),
			})
		}
	}
	return lines, ctx.Err()
}
