package vault

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/stratosdrive/stratosdrive/internal/fault"
)

// Errors of system keyrings, each with a sentence for people.
var (
	ErrNoKeyring    = errors.New("no system keyring")
	ErrNotInKeyring = errors.New("not in the system keyring")
)

// Keyring is where the system keeps small secrets for a user. Its values are
// strings, which cannot be wiped; so it is given 32 bytes and no more.
// Get and Delete return [keyring.ErrNotFound] for what is not there.
type Keyring interface {
	Set(service, user, value string) error
	Get(service, user string) (string, error)
	Delete(service, user string) error
}

// service is the name that people see in their keyring.
const service = "Stratos Drive"

// patience is how long the system may take, a question to the user included.
const patience = 2 * time.Minute

// SystemKeyring is the keyring of Windows, macOS, or the Secret Service of a
// Linux desktop. On Linux it must not be used where no session bus is known
// (DBUS_SESSION_BUS_ADDRESS unset), because asking would start one.
type SystemKeyring struct{}

// Set implements [Keyring].
func (SystemKeyring) Set(service, user, value string) error {
	_, err := inTime(func() (string, error) { return "", keyring.Set(service, user, value) })
	return err
}

// Get implements [Keyring].
func (SystemKeyring) Get(service, user string) (string, error) {
	return inTime(func() (string, error) { return keyring.Get(service, user) })
}

// Delete implements [Keyring].
func (SystemKeyring) Delete(service, user string) error {
	_, err := inTime(func() (string, error) { return "", keyring.Delete(service, user) })
	return err
}

var errPatience = errors.New("the keyring does not answer")

// inTime calls f, which cannot be interrupted, and leaves it behind when it
// takes too long.
func inTime(f func() (string, error)) (string, error) {
	type answer struct {
		value string
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := f()
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-time.After(patience):
		return "", errPatience
	}
}

// Remember lets the system keyring open the vault at path from now on. It
// needs the password; errors are those of [Open], or wrap [ErrNoKeyring].
func Remember(ring Keyring, path string, password []byte) error {
	id, raw := NewSecret()
	defer clear(raw)
	if err := store(ring, hex.EncodeToString(id[:]), raw); err != nil {
		return err
	}
	if err := AddSecret(path, password, id, raw); err != nil {
		_ = ring.Delete(service, hex.EncodeToString(id[:]))
		return err
	}
	return nil
}

// UnlockRemembered opens the vault at path with what the keyring has for it.
// Errors wrap [ErrNotInKeyring], [ErrNoKeyring] or are those of [Open].
func UnlockRemembered(ring Keyring, path string) (*Session, error) {
	ids, err := Secrets(path)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		raw, err := fetch(ring, hex.EncodeToString(id[:]))
		if errors.Is(err, ErrNotInKeyring) {
			continue
		}
		if err != nil {
			return nil, err
		}
		defer clear(raw)
		return UnlockWithSecret(path, id, raw)
	}
	return nil, errNotInKeyring(nil)
}

// Forget takes what the keyring has for the vault at path out of it, and out
// of the vault too when the password is given. A keyring that does not answer
// is no error then.
func Forget(ring Keyring, path string, password []byte) error {
	ids, err := Secrets(path)
	if err != nil {
		return err
	}
	for _, id := range ids {
		err := ring.Delete(service, hex.EncodeToString(id[:]))
		if err != nil && !errors.Is(err, keyring.ErrNotFound) && password == nil {
			return noKeyring(err)
		}
		if password == nil {
			continue
		}
		if err := RemoveSecret(path, password, id); err != nil {
			return err
		}
	}
	return nil
}

func store(ring Keyring, user string, raw []byte) error {
	if err := ring.Set(service, user, hex.EncodeToString(raw)); err != nil {
		return noKeyring(err)
	}
	return nil
}

// fetch returns 32 bytes, to be wiped by the caller.
func fetch(ring Keyring, user string) ([]byte, error) {
	text, err := ring.Get(service, user)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, errNotInKeyring(err)
	}
	if err != nil {
		return nil, noKeyring(err)
	}
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != keySize {
		return nil, errNotInKeyring(errors.New("malformed secret"))
	}
	return raw, nil
}

func noKeyring(err error) error {
	return fault.Say(fmt.Errorf("%w: %w", ErrNoKeyring, err), "The system has no keyring that answers, so only your password unlocks the wallet.")
}

func errNotInKeyring(err error) error {
	if err == nil {
		err = keyring.ErrNotFound
	}
	return fault.Say(fmt.Errorf("%w: %w", ErrNotInKeyring, err), "The system's keyring has nothing for this wallet. Please unlock it with your password.")
}
