package chain

import (
	"fmt"
	"sync"

	"cosmossdk.io/depinject"
	"cosmossdk.io/log"
	"cosmossdk.io/math"
	pruningtypes "cosmossdk.io/store/pruning/types"
	txsigning "cosmossdk.io/x/tx/signing"
	dbm "github.com/cosmos/cosmos-db"
	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/codec"
	"github.com/cosmos/cosmos-sdk/codec/legacy"
	codectypes "github.com/cosmos/cosmos-sdk/codec/types"
	"github.com/cosmos/cosmos-sdk/runtime"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/mempool"
	sdkmodule "github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/types/registry"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	"github.com/cosmos/cosmos-sdk/version"
	"github.com/cosmos/cosmos-sdk/x/auth/ante"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtx "github.com/cosmos/cosmos-sdk/x/auth/tx"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	distributionkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
	"github.com/stratosdrive/stratosdrive/internal/stratos/types/ethsecp256k1"
)

const (
	// minGasPrice is the least fee, in wei per unit of gas.
	minGasPrice = "1000000000wei"
	// powerReduction is the stake behind one unit of voting power, in wei.
	powerReduction = 1_000_000_000_000_000
	// keptStates is how many old states can still be queried.
	keptStates = 100
)

// app is the application and the parts of it that the node around it uses.
type app struct {
	*runtime.App
	db       dbm.DB
	keys     keys
	periods  Periods
	cdc      codec.Codec
	amino    *codec.LegacyAmino
	basics   sdkmodule.BasicManager
	registry codectypes.InterfaceRegistry
	txConfig client.TxConfig
	accounts authkeeper.AccountKeeper
	bank     bankkeeper.BaseKeeper
	staking  *stakingkeeper.Keeper
	gov      *govkeeper.Keeper
	shares   distributionkeeper.Keeper
	own      ownModules
	blocks   *blocks
}

var setGlobals = sync.OnceFunc(func() {
	config := sdk.GetConfig()
	config.SetBech32PrefixForAccount(stratos.PrefixAccount, stratos.PrefixPubKey)
	config.SetBech32PrefixForValidator(stratos.PrefixValidator, stratos.PrefixValidator+"pub")
	config.SetBech32PrefixForConsensusNode(stratos.PrefixConsensus, stratos.PrefixConsensus+"pub")
	sdk.DefaultBondDenom = stratos.Wei
	sdk.DefaultPowerReduction = math.NewInt(powerReduction)
	ethsecp256k1.RegisterLegacyAminoCodec(legacy.Cdc) // simulations write a key with it to learn its size
	for unit, wei := range feeUnits {                 // in which amounts may be asked about
		if err := sdk.RegisterDenom(unit, math.LegacyNewDecFromInt(wei).QuoInt64(1e18)); err != nil {
			panic(err) // the table has nothing twice
		}
	}
	version.Name, version.AppName = "stratos-local", "stosnet"
})

// newApp builds the application over db. Keys and periods are for state that it
// has to begin; home is the consensus address of the validator that this
// process runs.
func newApp(db dbm.DB, k keys, periods Periods, home sdk.ConsAddress, logger log.Logger) (*app, error) {
	setGlobals()
	a := &app{db: db, keys: k, periods: periods.withDefaults()}
	var builder *runtime.AppBuilder
	asked := &nilStaking{}
	err := depinject.Inject(
		depinject.Configs(modules(), depinject.Supply(logger, asked)),
		&builder, &a.cdc, &a.amino, &a.basics, &a.registry, &a.accounts, &a.bank, &a.staking, &a.gov, &a.shares,
	)
	if err != nil {
		return nil, fmt.Errorf("compose the application: %w", err)
	}
	asked.Keeper = a.staking
	ethsecp256k1.RegisterInterfaces(a.registry)
	ethsecp256k1.RegisterLegacyAminoCodec(a.amino)
	a.App = builder.Build(db, nil,
		baseapp.SetChainID(ChainID),
		baseapp.SetMinGasPrices(minGasPrice),
		baseapp.SetPruning(pruningtypes.NewCustomPruningOptions(keptStates, 10)),
		baseapp.SetIAVLCacheSize(20_000),
	)
	if err := a.addOwnModules(); err != nil {
		return nil, err
	}
	if err := a.setTxRules(); err != nil {
		return nil, err
	}
	return a, a.load(home)
}

// setTxRules sets how transactions are read, checked and paid for.
func (a *app) setTxRules() error {
	config, err := authtx.NewTxConfigWithOptions(a.cdc, authtx.ConfigOptions{
		EnabledSignModes: []signing.SignMode{signing.SignMode_SIGN_MODE_DIRECT, signing.SignMode_SIGN_MODE_DIRECT_AUX},
		CustomSignModes:  []txsigning.SignModeHandler{aminoMode()},
		SigningOptions: &txsigning.Options{
			FileResolver:          registry.MergedProtoRegistry(),
			AddressCodec:          a.registry.SigningContext().AddressCodec(),
			ValidatorAddressCodec: a.registry.SigningContext().ValidatorAddressCodec(),
		},
		ProtoDecoder: refuseUnknownFields(authtx.DefaultTxDecoder(a.cdc)),
	})
	if err != nil {
		return fmt.Errorf("set up the reading of transactions: %w", err)
	}
	checks, err := ante.NewAnteHandler(ante.HandlerOptions{
		AccountKeeper:   a.accounts,
		BankKeeper:      feeBank{a.bank},
		SignModeHandler: config.SignModeHandler(),
		SigGasConsumer:  signatureGas,
		TxFeeChecker:    checkFee,
	})
	if err != nil {
		return fmt.Errorf("set up the checks of transactions: %w", err)
	}
	a.txConfig = config
	a.SetTxDecoder(config.TxDecoder())
	a.SetTxEncoder(config.TxEncoder())
	a.SetAnteHandler(directOnly(checks))
	return nil
}

// load takes over the course of a block and reads the newest state.
func (a *app) load(home sdk.ConsAddress) error {
	if err := a.Load(false); err != nil {
		return fmt.Errorf("finish the application: %w", err)
	}
	a.blocks = &blocks{app: a, home: home}
	a.SetStoreLoader(a.loadStores)
	proposals := baseapp.NewDefaultProposalHandler(mempool.NoOpMempool{}, a.BaseApp)
	a.SetPrepareProposal(refreshTime(proposals.PrepareProposalHandler()))
	a.SetPreBlocker(a.blocks.pre)
	a.SetBeginBlocker(a.blocks.begin)
	a.SetEndBlocker(a.blocks.end)
	if err := a.LoadLatestVersion(); err != nil {
		return fmt.Errorf("read the newest state: %w", err)
	}
	return nil
}
