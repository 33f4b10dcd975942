package vault

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"
)

// fakeRing is a keyring in memory that can be broken.
type fakeRing struct {
	values map[string]string
	broken error
}

func newRing() *fakeRing { return &fakeRing{values: map[string]string{}} }

func (r *fakeRing) Set(service, user, value string) error {
	if r.broken == nil {
		r.values[service+"/"+user] = value
	}
	return r.broken
}

func (r *fakeRing) Get(service, user string) (string, error) {
	value, ok := r.values[service+"/"+user]
	if r.broken == nil && !ok {
		return "", keyring.ErrNotFound
	}
	return value, r.broken
}

func (r *fakeRing) Delete(service, user string) error {
	if _, ok := r.values[service+"/"+user]; r.broken == nil && !ok {
		return keyring.ErrNotFound
	}
	delete(r.values, service+"/"+user)
	return r.broken
}

// ringLife is what every keyring must go through.
func ringLife(t *testing.T, ring Keyring) {
	path := create(t)
	_, err := UnlockRemembered(ring, path)
	wantError(t, err, ErrNotInKeyring)
	wantError(t, Remember(ring, path, []byte("wrong")), ErrPassword)
	if err := Remember(ring, path, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	s, err := UnlockRemembered(ring, path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Lock()
	if err := s.Rename("from the keyring"); err != nil {
		t.Error(err)
	}
	if err := Forget(ring, path, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	_, err = UnlockRemembered(ring, path)
	wantError(t, err, ErrNotInKeyring)
	if ids, _ := Secrets(path); len(ids) != 0 {
		t.Errorf("secrets left: %v", ids)
	}
}

func TestKeyringLife(t *testing.T) { ringLife(t, newRing()) }

func TestKeyringThatIsGone(t *testing.T) {
	ring, path := newRing(), create(t)
	if err := Remember(ring, path, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	kept := maps.Clone(ring.values)
	ring.broken = errors.New("no bus")
	_, err := UnlockRemembered(ring, path)
	wantError(t, err, ErrNoKeyring)
	wantError(t, Remember(ring, path, []byte("secret")), ErrNoKeyring)
	ring.values = kept
	wantError(t, Forget(ring, path, nil), ErrNoKeyring)
	if err := Forget(ring, path, []byte("secret")); err != nil {
		t.Errorf("with the password: %v", err)
	}
	ring.broken = nil
	for name := range ring.values {
		ring.values[name] = "rubbish"
	}
	_, err = UnlockRemembered(ring, path)
	wantError(t, err, ErrNotInKeyring)
}

const busEnv = "STOS_VAULT_TEST_BUS"

// TestRealKeyring runs inside a bus of its own with an unlocked gnome-keyring.
func TestRealKeyring(t *testing.T) {
	if os.Getenv(busEnv) != "" {
		ringLife(t, SystemKeyring{})
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("only Linux can start a keyring for a test")
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon", "sh"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s", program)
		}
	}
	home := t.TempDir()
	cmd := exec.Command("dbus-run-session", "--", "sh", "-c",
		`printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -test.run '^TestRealKeyring$' -test.v`, os.Args[0])
	cmd.Env = append(os.Environ(), busEnv+"=1", "HOME="+home, "XDG_DATA_HOME="+home, "XDG_RUNTIME_DIR="+home)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestRealKeyring") {
		t.Errorf("%v\n%s", err, out)
	}
}
