package app

import (
	"time"

	"github.com/stratosdrive/stratosdrive/internal/stratos"
)

// NetworkFigures is what a network tells about itself. Parts that it does not
// publish, or that could not be read, are nil.
type NetworkFigures struct {
	Network  string    `json:"network"` // "local", "mainnet", "mesos" or the name of another one
	ChainID  string    `json:"chain_id"`
	Practice bool      `json:"practice"`
	At       time.Time `json:"at"`

	Storage *StorageFigures `json:"storage"`
	Ozone   *OzoneFigures   `json:"ozone"`
	Chain   *ChainFigures   `json:"chain"`
	Money   *MoneyFigures   `json:"money"`

	// NotPublished names what this network does not tell: "stored", "files",
	// "nodes", "traffic", "copies". Problems are sentences about what it does
	// tell, but not now.
	NotPublished []string `json:"not_published"`
	Problems     []string `json:"problems"`
}

// StorageFigures are those of the storage network. Sizes are bytes.
type StorageFigures struct {
	Capacity int64 `json:"capacity"` // of the nodes that are online
	Used     int64 `json:"used"`     // on those
	Files    int64 `json:"files"`
	Slices   int64 `json:"slices"`

	Health         StorageHealth `json:"health"`
	Replicas       int           `json:"replicas"` // copies that each slice should have
	Copies         []CopyCount   `json:"copies"`   // slices by the copies that can be read, most first
	RepairsWaiting int64         `json:"repairs_waiting"`
	Repaired       int64         `json:"repaired"` // bytes of copies made again in the last hour

	Hour      int64       `json:"hour"`       // bytes that moved in the last hour
	PerSecond int64       `json:"per_second"` // bytes, in the last minute
	Hours     []HourCount `json:"hours"`      // the oldest first; hours without traffic are left out

	Serving int           `json:"serving"` // nodes in service
	Tiers   []TierCount   `json:"tiers"`   // those by tier, the highest first
	Out     []OutCount    `json:"out"`     // nodes out of service, by the reason
	Nodes   []NetworkNode `json:"nodes"`
}

// StorageHealth is how well all files are kept.
type StorageHealth string

// Degrees of health.
const (
	Healthy    StorageHealth = "healthy"    // every slice has all its copies
	Repairing  StorageHealth = "repairing"  // some have fewer, and are being copied again
	Endangered StorageHealth = "endangered" // some have none that can be read now
)

// CopyCount tells how many slices have so many copies.
type CopyCount struct {
	Copies int   `json:"copies"`
	Slices int64 `json:"slices"`
}

// HourCount is the traffic of an hour in bytes.
type HourCount struct {
	From   time.Time `json:"from"`
	Up     int64     `json:"up"`
	Down   int64     `json:"down"`
	Repair int64     `json:"repair"`
}

// TierCount tells how many nodes of a tier are in service.
type TierCount struct {
	Tier  int `json:"tier"`
	Nodes int `json:"nodes"`
}

// OutCount tells how many nodes are out of service for one reason.
type OutCount struct {
	Why   string `json:"why"` // as in NetworkNode
	Nodes int    `json:"nodes"`
}

// NetworkNode is one storage node of a network.
type NetworkNode struct {
	Name      string    `json:"name"`
	Address   string    `json:"address"` // stsds1...
	Tier      int       `json:"tier"`
	Out       string    `json:"out"` // why it is out of service: "slow", "off", "gone"; empty for in service
	Draining  bool      `json:"draining"`
	Since     time.Time `json:"since"` // of the last change
	Score     float64   `json:"score"` // 0 to 100
	Capacity  int64     `json:"capacity"`
	Used      int64     `json:"used"`
	Slices    int64     `json:"slices"`
	PerSecond int64     `json:"per_second"` // bytes, in the last minute
}

// OzoneFigures are those of the market of ozone. Ozone is decimal noz.
type OzoneFigures struct {
	Price   string         `json:"price"`    // wei per noz, decimal
	Per1000 stratos.Amount `json:"per_1000"` // what 1,000 ozone cost at this price
	Left    string         `json:"left"`
	Sold    string         `json:"sold"`
	Total   string         `json:"total"`
}

// ChainFigures are those of the blocks and who makes them.
type ChainFigures struct {
	Height       int64              `json:"height"`
	BlockTime    time.Time          `json:"block_time"`
	Online       int                `json:"online"`        // validators that signed the newest block
	Validators   []NetworkValidator `json:"validators"`    // that may sign
	StorageNodes int64              `json:"storage_nodes"` // registered and in service on the chain
	MetaNodes    int64              `json:"meta_nodes"`
	NodesUnknown bool               `json:"nodes_unknown"` // the two could not be read
}

// NetworkValidator is a validator and whether it signs blocks now.
type NetworkValidator struct {
	Address string  `json:"address"` // stvaloper1...
	Name    string  `json:"name"`
	Online  bool    `json:"online"`
	Power   float64 `json:"power"` // percent of all votes
}

// MoneyFigures tell how much STOS there is.
type MoneyFigures struct {
	Supply      stratos.Amount `json:"supply"`
	Circulating stratos.Amount `json:"circulating"`
	Mined       stratos.Amount `json:"mined"`
	Staked      stratos.Amount `json:"staked"`
	Deposits    stratos.Amount `json:"deposits"`        // of storage nodes
	Price       string         `json:"price,omitempty"` // of one STOS, "0.02 EUR"; empty unless wanted and known
	Value       string         `json:"value,omitempty"` // of what circulates
}

// FiguresPoint is what a network told at a moment, as it was kept here. Values
// are decimal text by their names; see docs/profile.md.
type FiguresPoint struct {
	At     time.Time         `json:"at"`
	Values map[string]string `json:"values"`
}
