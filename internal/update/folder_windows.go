package update

// syncFolder has nothing to do: this system makes names last by itself.
func syncFolder(string) error { return nil }
