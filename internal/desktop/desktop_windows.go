package desktop

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows/registry"
)

// StartsWithSystem tells whether the program starts when its user logs in.
func (d Desktop) StartsWithSystem() bool {
	want := atStart(d.Program)
	got, err := read(want.key, want.name)
	return err == nil && got != ""
}

// SetStartsWithSystem lets the program start, hidden, when its user logs in, or
// not any more.
func (d Desktop) SetStartsWithSystem(on bool) error {
	v := atStart(d.Program)
	if on {
		return v.write()
	}
	key, err := registry.OpenKey(registry.CURRENT_USER, v.key, registry.SET_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the registry: %w", err)
	}
	defer key.Close()
	if err := key.DeleteValue(v.name); !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	return nil
}

// TakeLinks makes the program the one that opens links, unless another one
// does.
func (d Desktop) TakeLinks() error {
	values := linkValues(d.Program)
	if got, err := read(values[0].key, values[0].name); err == nil && got != "" && got != values[0].text {
		return nil
	}
	for _, v := range values {
		if err := v.write(); err != nil {
			return err
		}
	}
	return nil
}

func read(path, name string) (string, error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err != nil {
		return "", err
	}
	defer key.Close()
	text, _, err := key.GetStringValue(name)
	return text, err
}

func (r registered) write() error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, r.key, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("open the registry: %w", err)
	}
	defer key.Close()
	return key.SetStringValue(r.name, r.text)
}
