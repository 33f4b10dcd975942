package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// syncthing is a running Syncthing that keeps one folder, the peer of the drive.
// It talks to other instances of the run on loopback only.
type syncthing struct {
	home, folder string
	id           string // of the device
	gui, listen  string // addresses
	cmd          *exec.Cmd
}

const (
	syncthingKey    = "bench"
	syncthingFolder = "bench"
)

// newSyncthing gives a Syncthing its keys and addresses; start runs it.
func newSyncthing(ctx context.Context, home, folder string) (*syncthing, error) {
	s := &syncthing{home: home, folder: folder}
	if err := exec.CommandContext(ctx, "syncthing", "generate", "--home="+home, "--no-default-folder", "--skip-port-probing").Run(); err != nil {
		return nil, fmt.Errorf("make keys for Syncthing: %w", err)
	}
	id, err := exec.CommandContext(ctx, "syncthing", "--home="+home, "--device-id").Output()
	if err != nil {
		return nil, fmt.Errorf("ask Syncthing for its id: %w", err)
	}
	s.id = strings.TrimSpace(string(id))
	if s.gui, err = freeAddress(); err != nil {
		return nil, err
	}
	s.listen, err = freeAddress()
	return s, err
}

// freeAddress is an address of this machine that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// start runs Syncthing with what it has by itself, but without anything that
// leaves this machine and without yielding to other programs.
func (s *syncthing) start(ctx context.Context, others ...*syncthing) error {
	var devices, members strings.Builder
	for _, d := range append(others, s) {
		fmt.Fprintf(&devices, `<device id="%s" name="%s"><address>tcp://%s</address></device>`, d.id, filepath.Base(d.home), d.listen)
		fmt.Fprintf(&members, `<device id="%s"></device>`, d.id)
	}
	config := fmt.Sprintf(`<configuration version="36"><folder id="%s" label="" path="%s" type="sendreceive" rescanIntervalS="3600" fsWatcherEnabled="true" fsWatcherDelayS="10" autoNormalize="true">%s</folder>%s
<gui enabled="true" tls="false"><address>%s</address><apikey>%s</apikey></gui><options><listenAddress>tcp://%s</listenAddress>
<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled><relaysEnabled>false</relaysEnabled>
<natEnabled>false</natEnabled><urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled><stunServer></stunServer>
<setLowPriority>false</setLowPriority></options></configuration>`, syncthingFolder, s.folder, &members, &devices, s.gui, syncthingKey, s.listen)
	if err := os.WriteFile(filepath.Join(s.home, "config.xml"), []byte(config), 0o600); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(s.folder, ".stfolder"), 0o755); err != nil {
		return err
	}
	s.cmd = exec.CommandContext(ctx, "syncthing", "serve", "--home="+s.home, "--no-browser", "--no-upgrade", "--no-restart")
	s.cmd.Env = append(os.Environ(), "STMONITORED=yes") // one process, which ends with us
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start Syncthing: %w", err)
	}
	return nil
}

func (s *syncthing) stop() {
	_ = s.cmd.Process.Signal(os.Interrupt) // it may have ended
	_ = s.cmd.Wait()
}

// settled waits until the folder has at least that many files (other programs
// keep some there), and nothing is left to do.
func (s *syncthing) settled(ctx context.Context, files int) error {
	return until(ctx, 100*time.Millisecond, func() (bool, error) {
		var status struct {
			State                   string
			LocalFiles, GlobalFiles int
		}
		if err := s.call(ctx, http.MethodGet, "/rest/db/status", &status); err != nil {
			return false, nil //nolint:nilerr // it is starting
		}
		return status.State == "idle" && status.LocalFiles >= files && status.GlobalFiles == status.LocalFiles, nil
	})
}

// rescan looks at the whole folder and returns when it is done.
func (s *syncthing) rescan(ctx context.Context) error {
	return s.call(ctx, http.MethodPost, "/rest/db/scan", nil)
}

func (s *syncthing) call(ctx context.Context, method, path string, into any) error {
	address := "http://" + s.gui + path + "?folder=" + url.QueryEscape(syncthingFolder)
	req, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-API-Key", syncthingKey)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return errors.Join(err, fmt.Errorf("syncthing %s: %s %s", path, resp.Status, bytes.TrimSpace(body)))
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(body, into)
}

// until asks again and again until the answer is yes.
func until(ctx context.Context, every time.Duration, ask func() (bool, error)) error {
	for {
		if done, err := ask(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(every):
		}
	}
}
