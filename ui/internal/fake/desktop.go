package fake

// StartsWithSystem tells what was chosen.
func (b *Backend) StartsWithSystem() (on, can bool) { return b.AtStart, !b.NoDesktop }

// SetStartsWithSystem keeps the choice.
func (b *Backend) SetStartsWithSystem(on bool) error {
	if b.Err == nil {
		b.AtStart = on
	}
	return b.Err
}

// Notifies tells what was chosen.
func (b *Backend) Notifies() bool { return !b.Quiet }

// SetNotifies keeps the choice.
func (b *Backend) SetNotifies(on bool) error {
	if b.Err == nil {
		b.Quiet = !on
	}
	return b.Err
}
