package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"cosmossdk.io/math"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain"
	"github.com/stratosdrive/stratosdrive/internal/localnet/meta"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
)

// Gas of a report: a fixed part, and one for each wallet.
const (
	reportGas = 600_000
	walletGas = 60_000
)

// reference names a report by what it says, so that it is known again.
func reference(r meta.Report) (string, error) {
	raw, err := json.Marshal(r.Volumes) // in the order of wallets
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", r.Epoch, r.Until.Unix(), raw))
	return hex.EncodeToString(sum[:]), nil
}

// lastEpoch is the epoch of the last report on the chain.
func (r *Reporter) lastEpoch(ctx context.Context) (int64, error) {
	answer, err := r.ask(ctx, 0)
	return answer.GetEpoch(), err
}

func (r *Reporter) ask(ctx context.Context, epoch int64) (*pot.ReportInfo, error) {
	answer := &pot.QueryVolumeReportResponse{}
	err := r.Chain.Query(ctx, "/stratos.pot.v1.Query/VolumeReport", &pot.QueryVolumeReportRequest{Epoch: epoch}, answer)
	if err != nil {
		return nil, fmt.Errorf("ask for a volume report: %w", err)
	}
	return answer.ReportInfo, nil
}

// onChain tells whether exactly this report is on the chain.
func (r *Reporter) onChain(ctx context.Context, report meta.Report) (hash string, known bool, err error) {
	info, err := r.ask(ctx, report.Epoch)
	if err != nil {
		return "", false, err
	}
	name, err := reference(report)
	return info.TxHash, err == nil && info.TxHash != "" && info.Reference == name, err
}

// send brings a stored report to the chain. The chain takes each epoch once, so
// a report that is sent twice counts once. A refused one is dropped: its traffic
// is in the next one.
func (r *Reporter) send(ctx context.Context, report meta.Report) error {
	m, err := r.Chain.MetaNode()
	if err != nil {
		return err
	}
	defer m.Owner.Wipe()
	if err := r.fleet.fuel(ctx, m.Owner.Address(), nil); err != nil {
		return err
	}
	r.try("report whose content was served", r.sendContent(ctx, m, report))
	message, err := message(m, report)
	if err != nil {
		return err
	}
	gas := uint64(reportGas + walletGas*len(report.Volumes))
	hash, err := r.Chain.Send(ctx, []stratos.PrivateKey{m.Owner}, gas, message)
	var no *chain.Refused
	if errors.As(err, &no) {
		return r.sortOut(ctx, report, no)
	}
	if err != nil {
		return err // it may be on the chain; the next try finds out
	}
	r.lack = 0
	return r.Meta.SettleReport(ctx, report.Epoch, hash)
}

// sendContent tells the chain whose content was served, which must be there
// before the report. Without it, owners of content get nothing for the epoch and
// everybody else gets all.
func (r *Reporter) sendContent(ctx context.Context, m chain.MetaNode, report meta.Report) error {
	if len(report.Content.Owners) == 0 {
		return nil
	}
	parts := len(report.Content.Owners) + len(report.Content.Servers)
	_, err := r.Chain.Send(ctx, []stratos.PrivateKey{m.Owner}, uint64(contentGas+contentPartGas*parts), contentMessage(m, report))
	return err
}

// sortOut handles a refusal: the report was there before, or it is dropped.
func (r *Reporter) sortOut(ctx context.Context, report meta.Report, no *chain.Refused) error {
	hash, known, err := r.onChain(ctx, report)
	if err != nil {
		return err
	}
	if known {
		return r.Meta.SettleReport(ctx, report.Epoch, hash)
	}
	r.refused()
	return errors.Join(fmt.Errorf("the chain refused the report of epoch %d: %w", report.Epoch, no), r.Meta.DropReport(ctx, report.Epoch))
}

func message(m chain.MetaNode, report meta.Report) (*pot.MsgVolumeReport, error) {
	name, err := reference(report)
	if err != nil {
		return nil, err
	}
	message := &pot.MsgVolumeReport{
		Reporter: m.Address, Epoch: math.NewInt(report.Epoch), ReportReference: name, ReporterOwner: m.Owner.Address().String(),
		// There is one meta node, so nobody else could sign.
		BLSSignature: pot.BLSSignatureInfo{PubKeys: [][]byte{[]byte(m.Address)}},
	}
	for _, wallet := range slices.Sorted(maps.Keys(report.Volumes)) {
		message.WalletVolumes = append(message.WalletVolumes, pot.SingleWalletVolume{
			WalletAddress: wallet, Volume: math.NewIntFromBigInt(big.NewInt(report.Volumes[wallet])),
		})
	}
	return message, nil
}
