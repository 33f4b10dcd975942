package app

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"runtime"
	"time"

	"github.com/stratosdrive/stratosdrive/internal/fault"
	"github.com/stratosdrive/stratosdrive/internal/stratos/network"
	"github.com/stratosdrive/stratosdrive/sync/disk"
)

// Diagnostics is what somebody who helps needs to know. It holds no secret, no
// name of a file, no address and no name of a server or device: the user reads
// it and gives it away as it is.
type Diagnostics struct {
	Made    time.Time       `json:"made"`
	Version string          `json:"version"`
	System  DiagnosedSystem `json:"system"`
	Profile DiagnosedUse    `json:"profile"`

	Gateways []DiagnosedServer `json:"gateways"` // in the order of their use
	Chain    []DiagnosedServer `json:"chain"`    // servers of the chain
	// ClockAhead is by how many seconds this computer's clock is ahead of that
	// of the first server that told its time; absent where none did.
	ClockAhead *float64 `json:"clock_ahead_seconds,omitempty"`

	Disk     DiagnosedDisk  `json:"disk"`
	Drive    DiagnosedDrive `json:"drive"`
	Problems []string       `json:"problems"` // of the sync, with everything private hidden, newest last
}

// DiagnosedSystem is what the program runs on.
type DiagnosedSystem struct {
	OS   string `json:"os"`
	Arch string `json:"arch"`
	CPUs int    `json:"cpus"`
}

// DiagnosedUse is what the program is used for.
type DiagnosedUse struct {
	Network string `json:"network"` // "practice", "mainnet", "mesos" or "own"
	Wallets int    `json:"wallets"`
	Locked  bool   `json:"locked"`
	Watched bool   `json:"watched"` // an address without a key is in use
}

// DiagnosedServer is how a server answers.
type DiagnosedServer struct {
	Works   bool   `json:"works"`
	Millis  int64  `json:"millis"` // until a small question was answered
	Problem string `json:"problem,omitempty"`
}

// DiagnosedDisk is how much room there is, in bytes.
type DiagnosedDisk struct {
	Free       int64 `json:"free"` // where the folder lies; -1: not known
	CacheUsed  int64 `json:"cache_used"`
	CacheLimit int64 `json:"cache_limit"`
}

// DiagnosedDrive is where the drive stands.
type DiagnosedDrive struct {
	Running  bool      `json:"running"`
	Phase    SyncPhase `json:"phase"`
	Files    int       `json:"files"`
	Bytes    int64     `json:"bytes"`
	Devices  int       `json:"devices"`
	Moving   int       `json:"moving"`
	Damaged  int       `json:"damaged"`
	Unread   int       `json:"unread"`
	Stopped  string    `json:"stopped,omitempty"` // the danger that stopped it
	Epoch    int       `json:"epoch"`
	LastSync time.Time `json:"last_sync,omitzero"`
}

// Diagnostics gathers the report. Servers that do not answer are part of it; an
// error means that there is none.
func (a *App) Diagnostics(ctx context.Context, version string) (Diagnostics, error) {
	d := Diagnostics{
		Made: time.Now().UTC().Truncate(time.Second), Version: version, Gateways: []DiagnosedServer{}, Chain: []DiagnosedServer{}, Problems: []string{},
		System:  DiagnosedSystem{runtime.GOOS, runtime.GOARCH, runtime.NumCPU()},
		Profile: DiagnosedUse{Network: networkKind(a.networkName()), Locked: a.Locked(), Watched: a.Watching()},
		Disk:    DiagnosedDisk{Free: -1},
	}
	if list, err := a.Wallets(); err == nil {
		d.Profile.Wallets = len(list)
	}
	a.diagnoseDisk(&d.Disk)
	if err := a.diagnoseDrive(ctx, &d); err != nil {
		d.Problems = append(d.Problems, hide(fault.Sentence(err)))
	}
	if n, err := a.network(); err != nil {
		d.Problems = append(d.Problems, hide(fault.Sentence(err)))
	} else {
		a.diagnoseServers(ctx, n, &d)
	}
	return d, ctx.Err()
}

// networkKind tells of a network only whether it is a known one.
func networkKind(name string) string {
	switch name {
	case "local":
		return "practice"
	case "mainnet", "mesos":
		return name
	}
	return "own"
}

func (a *App) diagnoseDisk(d *DiagnosedDisk) {
	if _, free, err := (disk.OS{}).Size(cmp.Or(a.Folder(), a.profile.home)); err == nil {
		d.Free = free
	}
	if c, err := a.Cache(); err == nil {
		d.CacheUsed, d.CacheLimit = c.Used, c.Limit
	}
}

func (a *App) diagnoseDrive(ctx context.Context, d *Diagnostics) error {
	r, err := a.Report(ctx)
	if err != nil {
		return err
	}
	d.Drive = DiagnosedDrive{
		Running: r.Running, Phase: r.Phase, Files: r.Files, Bytes: r.Bytes, Devices: len(r.Devices), Moving: len(r.Moving),
		Damaged: len(r.Damaged), Unread: r.Unread, Epoch: r.Epoch, LastSync: r.LastSync,
	}
	if r.Stopped != nil {
		d.Drive.Stopped = r.Stopped.Danger
	}
	for _, text := range r.Problems {
		d.Problems = append(d.Problems, hide(text))
	}
	return nil
}

func (a *App) diagnoseServers(ctx context.Context, n network.Network, d *Diagnostics) {
	for _, g := range n.Gateways {
		took, err := a.tryGateway(ctx, g, false)
		d.Gateways = append(d.Gateways, diagnosed(took, err))
	}
	for _, address := range append([]string{n.REST}, n.RESTMore...) {
		began := time.Now()
		told, err := serverTime(ctx, address)
		took := time.Since(began)
		if err == nil && d.ClockAhead == nil {
			ahead := clockAhead(began, told, took)
			d.ClockAhead = &ahead
		}
		d.Chain = append(d.Chain, diagnosed(took, err))
	}
}

// clockAhead is by how many seconds this computer's clock is ahead of a server's
// whose answer took so long. A server tells whole seconds, at any moment of
// that time, so what lies within is no difference.
func clockAhead(began, told time.Time, took time.Duration) float64 {
	if ahead := began.Add(took / 2).Sub(told); ahead.Abs() > took/2+time.Second {
		return ahead.Round(time.Second).Seconds()
	}
	return 0
}

func diagnosed(took time.Duration, err error) DiagnosedServer {
	s := DiagnosedServer{Works: err == nil, Millis: took.Milliseconds()}
	if err != nil {
		s.Problem = hide(fault.Sentence(err))
	}
	return s
}

// timeLimit is how long a server has to tell its time.
const timeLimit = 20 * time.Second

// serverTime asks a server of the chain for what everybody may know, and returns
// the time that its answer bears.
func serverTime(ctx context.Context, address string) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	at, err := url.JoinPath(address, "cosmos/base/tendermint/v1beta1/node_info")
	if err != nil {
		return time.Time{}, err
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return time.Time{}, err
	}
	answer, err := http.DefaultClient.Do(ask)
	if err != nil {
		return time.Time{}, err
	}
	defer answer.Body.Close()
	return http.ParseTime(answer.Header.Get("Date"))
}
