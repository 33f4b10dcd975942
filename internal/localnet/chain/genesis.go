package chain

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"time"

	"cosmossdk.io/math"
	cmttypes "github.com/cometbft/cometbft/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	distributiontypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	govv1 "github.com/cosmos/cosmos-sdk/x/gov/types/v1"
	minttypes "github.com/cosmos/cosmos-sdk/x/mint/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	"github.com/cosmos/gogoproto/proto"

	"github.com/stratosdrive/stratosdrive/internal/localnet/chain/sdsmodule"
	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/pot"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/register"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/sds"
)

// ChainID is the chain id of every practice network.
const ChainID = "stratos-local-1"

// Amounts of the first state, in STOS.
const (
	totalSupply   = 100_000_000
	homeStake     = 10_000
	otherStake    = 100
	metaDeposit   = 10_000     // of the one meta node; it makes 10^16 noz
	toMine        = 40_000_000 // in the foundation account, which mining rewards are paid from
	operatorPurse = 100        // what a validator's operator has besides its stake
)

// Periods are the times of the chain that people wait for. The real chain has
// days and weeks.
type Periods struct {
	Unbonding time.Duration // until undelegated coins are free; default one minute
	Deposit   time.Duration // until a proposal must have its deposit; default one minute
	Voting    time.Duration // default 30 seconds; for expedited proposals half of it

	NodeAge       time.Duration // least age of a storage node before its deposit starts back; default a second
	NodeUnbonding time.Duration // until the deposit of a node is back; default one minute
	MetaVoting    time.Duration // for votes of meta nodes on each other; default one minute
	MatureEpochs  int64         // how many epochs later a reward can be withdrawn; default 1
}

func (p Periods) withDefaults() Periods {
	return Periods{
		Unbonding: cmp.Or(p.Unbonding, time.Minute),
		Deposit:   cmp.Or(p.Deposit, time.Minute),
		Voting:    cmp.Or(p.Voting, 30*time.Second),

		NodeAge:       cmp.Or(p.NodeAge, time.Second),
		NodeUnbonding: cmp.Or(p.NodeUnbonding, time.Minute),
		MetaVoting:    cmp.Or(p.MetaVoting, time.Minute),
		MatureEpochs:  cmp.Or(p.MatureEpochs, 1),
	}
}

// stos returns n STOS in wei.
func stos(n int64) math.Int {
	return math.NewIntFromBigInt(new(big.Int).Mul(big.NewInt(n), big.NewInt(1e18)))
}

func weiCoins(amount math.Int) sdk.Coins { return sdk.NewCoins(sdk.NewCoin(stratos.Wei, amount)) }

// loadGenesis reads the first state of the chain below dir and makes it at
// first.
func (a *app) loadGenesis(dir string, k keys, home cmttypes.PrivValidator, periods Periods) (*cmttypes.GenesisDoc, error) {
	path := filepath.Join(dir, genesisFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		raw, err = a.makeGenesis(k, home, periods.withDefaults())
		if err == nil {
			err = writeFile(path, raw)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("prepare the first state of the practice chain: %w", err)
	}
	doc, err := cmttypes.GenesisDocFromJSON(raw)
	if err != nil {
		return nil, fmt.Errorf("read the first state of the practice chain: %w", err)
	}
	return doc, nil
}

func (a *app) makeGenesis(k keys, home cmttypes.PrivValidator, periods Periods) ([]byte, error) {
	signer, err := home.GetPubKey()
	if err != nil {
		return nil, err
	}
	g := genesis{app: a, periods: periods, state: a.DefaultGenesis(), balances: map[string]math.Int{}}
	g.validators(k, signer.Bytes())
	g.ozone()
	g.nodes(k)
	g.supply(k)
	g.rules()
	if g.err != nil {
		return nil, g.err
	}
	return g.document()
}

// genesis gathers the first state module by module. The first error is kept.
type genesis struct {
	app      *app
	periods  Periods
	state    map[string]json.RawMessage
	accounts []*authtypes.BaseAccount
	balances map[string]math.Int // by account address, wei
	err      error
}

// set replaces the state of a module.
func (g *genesis) set(module string, state proto.Message) {
	raw, err := g.app.cdc.MarshalJSON(state)
	if err != nil {
		g.err = errors.Join(g.err, fmt.Errorf("write the state of %s: %w", module, err))
		return
	}
	g.state[module] = raw
}

// fund creates an account with amount and returns its address.
func (g *genesis) fund(secret []byte, amount math.Int) sdk.AccAddress {
	key, err := stratos.NewPrivateKey(secret)
	if err != nil {
		g.err = errors.Join(g.err, err)
		return nil
	}
	defer key.Wipe()
	address := key.Address()
	g.accounts = append(g.accounts, authtypes.NewBaseAccountWithAddress(address[:]))
	g.balances[address.String()] = amount
	return address[:]
}

// pool gives amount to a module account.
func (g *genesis) pool(module string, amount math.Int) {
	g.balances[authtypes.NewModuleAddress(module).String()] = amount
}

// ozone is what one meta node of 10 000 STOS stands for.
func (g *genesis) ozone() {
	deposit := stos(metaDeposit)
	g.pool(register.MetaBondedPool, deposit)
	g.set(sds.ModuleName, &sds.GenesisState{
		Params: sds.DefaultParams(), EffectiveDeposit: deposit, RemainingNoz: deposit.QuoRaw(sdsmodule.NozRate),
	})
}

// nodes registers the meta node and fills the foundation account.
func (g *genesis) nodes(k keys) {
	g.fund(k.MetaOwner, stos(operatorPurse))
	g.pool(pot.FoundationAccount, stos(toMine))
	nodes, err := firstNodes(k, g.periods, time.Now().UTC())
	if err != nil {
		g.err = errors.Join(g.err, err)
		return
	}
	g.set(register.ModuleName, nodes)
	g.set(pot.ModuleName, firstRewards(g.periods))
}

// supply gives everything that is left to the faucet.
func (g *genesis) supply(k keys) {
	left := stos(totalSupply)
	for _, amount := range g.balances {
		left = left.Sub(amount)
	}
	g.fund(k.Faucet, left)
	packed, err := authtypes.PackAccounts(genesisAccounts(g.accounts))
	g.err = errors.Join(g.err, err)
	g.set(authtypes.ModuleName, &authtypes.GenesisState{Params: authtypes.DefaultParams(), Accounts: packed})
	bank := &banktypes.GenesisState{Params: banktypes.DefaultParams(), Supply: weiCoins(stos(totalSupply))}
	for _, address := range slices.Sorted(maps.Keys(g.balances)) {
		bank.Balances = append(bank.Balances, banktypes.Balance{Address: address, Coins: weiCoins(g.balances[address])})
	}
	g.set(banktypes.ModuleName, bank)
}

func genesisAccounts(accounts []*authtypes.BaseAccount) authtypes.GenesisAccounts {
	list := make(authtypes.GenesisAccounts, len(accounts))
	for i, account := range accounts {
		list[i] = account
	}
	return list
}

// rules sets the parameters that are not the SDK's defaults.
func (g *genesis) rules() {
	distribution := distributiontypes.DefaultGenesisState()
	distribution.Params.CommunityTax = math.LegacyZeroDec()
	g.set(distributiontypes.ModuleName, distribution)

	mint := minttypes.DefaultGenesisState() // no inflation
	mint.Minter.Inflation = math.LegacyZeroDec()
	mint.Params.InflationRateChange, mint.Params.InflationMax, mint.Params.InflationMin = math.LegacyZeroDec(), math.LegacyZeroDec(), math.LegacyZeroDec()
	g.set(minttypes.ModuleName, mint)

	slashing := slashingtypes.DefaultGenesisState()
	slashing.Params.SignedBlocksWindow = 10_000
	slashing.Params.MinSignedPerWindow = math.LegacyZeroDec() // who never signs is never jailed
	slashing.Params.DowntimeJailDuration = 6 * time.Hour
	slashing.Params.SlashFractionDoubleSign = math.LegacyNewDecWithPrec(5, 2)
	slashing.Params.SlashFractionDowntime = math.LegacyNewDecWithPrec(2, 4)
	g.set(slashingtypes.ModuleName, slashing)

	gov := govv1.DefaultParams()
	gov.MinDeposit, gov.ExpeditedMinDeposit = weiCoins(stos(100)), weiCoins(stos(500))
	gov.MaxDepositPeriod, gov.VotingPeriod = new(g.periods.Deposit), new(g.periods.Voting)
	gov.ExpeditedVotingPeriod = new(g.periods.Voting / 2)
	gov.MinDepositRatio = math.LegacyZeroDec().String()
	g.set(govtypes.ModuleName, govv1.NewGenesisState(govv1.DefaultStartingProposalID, gov))
}

func (g *genesis) document() ([]byte, error) {
	state, err := json.Marshal(g.state)
	if err != nil {
		return nil, err
	}
	rules := cmttypes.DefaultConsensusParams()
	rules.Block.MaxBytes, rules.Block.MaxGas = 2_097_152, 20_000_000
	doc := &cmttypes.GenesisDoc{
		GenesisTime: time.Now().UTC(), ChainID: ChainID, InitialHeight: 1,
		ConsensusParams: rules, AppState: state,
	}
	if err := doc.ValidateAndComplete(); err != nil {
		return nil, err
	}
	return jsonIndent(doc)
}
